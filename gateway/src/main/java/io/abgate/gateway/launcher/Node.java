package io.abgate.gateway.launcher;

import io.abgate.gateway.GatewaySettings;
import io.abgate.gateway.GatewayVerticle;
import io.abgate.gateway.admin.AdminVerticle;
import io.abgate.gateway.admin.LocalNode;
import io.abgate.gateway.configuration.Configuration;
import io.abgate.gateway.configuration.Configuration.Listener;
import io.abgate.gateway.configuration.Role;
import io.abgate.gateway.health.HealthVerticle;
import io.abgate.gateway.health.NodeHealth;
import io.abgate.gateway.inference.Inference;
import io.abgate.gateway.routing.Hosting;
import io.abgate.gateway.routing.OverrideFile;
import io.abgate.gateway.routing.OverrideVerticle;
import io.abgate.gateway.routing.Overrides;
import io.abgate.gateway.routing.RouteMeters;
import io.abgate.gateway.routing.Routes;
import io.abgate.gateway.routing.RoutingVerticle;
import io.abgate.gateway.traffic.TrafficVerticle;
import io.abgate.model.ArtifactCache;
import io.abgate.model.HostedModels;
import io.abgate.model.ModelNodeVerticle;
import io.abgate.model.routing.RouteBook;
import io.abgate.model.routing.RouteCopy;
import io.abgate.model.routing.RouteFollower;
import io.abgate.model.worker.WorkerVerticle;
import io.abgate.registry.ModelDefinition;
import io.abgate.registry.MonitorBoard;
import io.abgate.registry.RegistryVerticle;
import io.abgate.registry.Time;
import io.abgate.registry.Watchers;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LeaseHeldException;
import io.abgate.registry.store.StoreException;
import io.abgate.registry.store.Stores;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A running process: the verticles of its roles over one Vert.x. */
final class Node {
    /** Between taking no more work of other nodes and closing: theirs gets to its answer too. */
    private static final long DRAIN_MILLIS = 300;
    /** How soon a key that was added is known. */
    private static final long KEYS_MILLIS = 2_000;

    private final Configuration configuration;
    private final List<ModelDefinition> models;
    private final Vertx vertx;
    private final String name = "node-" + UUID.randomUUID().toString().substring(0, 8);
    private final long incarnation = InstantSource.system().millis();
    private final PrometheusMeterRegistry meters;
    private final HostedModels hosted = new HostedModels();
    private final StoreBinding binding = new StoreBinding();
    private final KeyRing keys;
    private final RouteBook book;
    private final Map<String, Double> errorRateLimits;
    private final List<String> listeners = new CopyOnWriteArrayList<>();
    private final List<String> reporters = new CopyOnWriteArrayList<>();
    private final Promise<String> fatal = Promise.promise();
    private @Nullable Overrides overrides;
    private @Nullable NodeHealth health;
    private @Nullable GatewayVerticle door;
    private @Nullable AdminVerticle admin;

    private Node(
            Configuration configuration,
            List<ModelDefinition> models,
            Vertx vertx,
            KeyRing keys,
            PrometheusMeterRegistry meters) {
        this.configuration = configuration;
        this.models = models;
        this.vertx = vertx;
        this.keys = keys;
        this.meters = meters;
        book = new RouteBook(keys, binding);
        RouteMeters.bind(meters, book, configuration.models());
        errorRateLimits = configuration.models().stream()
                .collect(Collectors.toMap(
                        ModelSettings::name, model -> model.monitor().alerts().errorRate()));
    }

    /** A node that has joined its cluster, if it has one, and runs nothing yet. Reads data sets while it joins. */
    static Future<Node> join(Configuration configuration, KeyRing keys) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Future<Vertx> joined = Clusters.vertx(configuration.cluster(), meters);
        try {
            List<ModelDefinition> models = models(configuration);
            return joined.map(vertx -> new Node(configuration, models, vertx, keys, meters));
        } catch (RuntimeException e) {
            return joined.compose(Vertx::close).transform(done -> Future.failedFuture(e));
        }
    }

    /** What the registry works with; nobody else needs the data. */
    private static List<ModelDefinition> models(Configuration configuration) {
        if (!configuration.roles().contains(Role.REGISTRY)) {
            return List.of();
        }
        Stores.prepare(configuration.store().url());
        return configuration.models().stream()
                .map(model -> definition(configuration, model))
                .toList();
    }

    /** Starts every role. When one cannot start the future fails, and {@link #close} ends those that could. */
    Future<?> deploy() {
        Codecs.register(vertx.eventBus());
        vertx.setPeriodic(KEYS_MILLIS, timer -> vertx.executeBlocking(this::refreshKeys, false));
        return on(Role.REGISTRY, this::registry)
                .compose(done -> routes())
                .compose(done -> on(Role.MODEL, this::model))
                .compose(done -> on(Role.GATEWAY, this::gateway))
                .compose(done -> admin());
    }

    private boolean refreshKeys() {
        keys.refresh();
        return true;
    }

    private Future<?> on(Role role, Supplier<Future<?>> deploys) {
        try {
            return configuration.roles().contains(role) ? deploys.get() : Future.succeededFuture();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<?> registry() {
        Time time = Time.system();
        MonitorBoard board = new MonitorBoard(time.nanoClock());
        MonitorMeters.bind(meters, board, configuration.models());
        return vertx.deployVerticle(new RegistryVerticle(
                models, this::store, keys, time, fatal::tryComplete, new Watchers(board, configuration.webhook())));
    }

    private EventStore store() {
        try {
            EventStore store =
                    Stores.open(configuration.store().url(), configuration.home(), holder(), InstantSource.system());
            if (binding.bind(store.storeId())) { // before any copy of another store's tables does
                return store;
            }
            store.close();
            throw new StoreException("store: " + store.storeId() + " (expected: "
                    + binding.storeId().orElse("none")
                    + ", of which this home has route tables: move routes.json away)");
        } catch (LeaseHeldException e) {
            throw e; // the registry stands by
        } catch (StoreException e) {
            // a store that cannot be opened ends the start, which says so once; the log is for one that fails later
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private String holder() {
        return name + " (process " + ProcessHandle.current().pid() + ")";
    }

    private static ModelDefinition definition(Configuration configuration, ModelSettings settings) {
        ModelSettings.Data data = settings.data();
        return new ModelDefinition(
                settings,
                configuration.datasets().read(data, data.first()),
                configuration.datasets().read(data, data.evaluation()));
    }

    /** Whoever serves follows the tables, and from a copy of them when no registry answers. */
    private Future<?> routes() {
        boolean serves = !Set.of(Role.REGISTRY).containsAll(configuration.roles());
        RouteCopy copy = new RouteCopy(configuration.home(), keys);
        return serves
                ? vertx.deployVerticle(new RouteFollower(name, book, copy, InstantSource.system()))
                : Future.succeededFuture();
    }

    private Future<?> model() {
        ArtifactCache cache = new ArtifactCache(configuration.home(), InstantSource.system());
        DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
        return Future.all(
                vertx.deployVerticle(new ModelNodeVerticle(name, incarnation, hosted, book, cache)),
                vertx.deployVerticle(new WorkerVerticle(name, binding), worker));
    }

    private Future<?> gateway() {
        Map<String, ModelSettings> models =
                configuration.models().stream().collect(Collectors.toMap(ModelSettings::name, Function.identity()));
        Routes routes = new Routes(book);
        Hosting hosting = new Hosting(hosted, routes);
        OverrideFile file = new OverrideFile(configuration.home(), keys);
        Overrides made = new Overrides(routes, hosting, file, name, InstantSource.system());
        overrides = made;
        Inference.Shared shared = new Inference.Shared(models.values(), routes, hosted, meters);
        NodeHealth seen = shared.health();
        health = seen;
        GatewaySettings settings = new GatewaySettings(
                name, configuration.data().host(), configuration.data().port(), configuration.overload());
        DeploymentOptions oneALoop =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(new RoutingVerticle(name, incarnation, book, routes, configuration.models()))
                .compose(done -> vertx.deployVerticle(new OverrideVerticle(made, book)))
                .compose(done -> vertx.deployVerticle(new TrafficVerticle(
                                new TrafficStream(name, incarnation),
                                shared.nonces().process(),
                                shared.traffic(),
                                binding))
                        .onSuccess(reporters::add))
                .compose(done -> vertx.deployVerticle(new HealthVerticle(name, seen, binding, errorRateLimits, meters)))
                .compose(done -> vertx.deployVerticle(
                        () -> door = new GatewayVerticle(settings, models, keys, shared), oneALoop))
                .onSuccess(listeners::add)
                .recover(failure -> Future.failedFuture(PortInUse.explain("data", configuration.data(), failure)));
    }

    private Future<?> admin() {
        LocalNode local = new LocalNode(
                name, configuration.roles(), incarnation, keys, book, hosted, overrides, errorRateLimits, health);
        AdminVerticle verticle = new AdminVerticle(
                configuration.admin().host(), configuration.admin().port(), meters, local);
        admin = verticle;
        return vertx.deployVerticle(verticle)
                .onSuccess(listeners::add)
                .recover(failure -> Future.failedFuture(PortInUse.explain("admin", configuration.admin(), failure)));
    }

    /** Why the process must end, if it ever must. */
    Future<String> fatal() {
        return fatal.future();
    }

    /** Where applications are served; absent without the role gateway. */
    @Nullable
    String dataUrl() {
        return door == null ? null : url(configuration.data(), door.port());
    }

    /** Where operators are served. */
    String adminUrl() {
        if (admin == null) {
            throw new IllegalStateException("the node was not started");
        }
        return url(configuration.admin(), admin.actualPort());
    }

    private static String url(Listener listener, int port) {
        String host = listener.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Takes no more requests and answers those under way, which needs all the rest; has them counted, which needs the
     * registry; then ends that too.
     */
    Future<?> drain() {
        return undeploy(listeners)
                .transform(done -> undeploy(reporters))
                .transform(done -> undeploy(vertx.deploymentIDs()))
                .transform(done -> vertx.timer(DRAIN_MILLIS));
    }

    /** Closes what is left. Not to be chained to another future of this node, whose event loop it ends. */
    Future<Void> close() {
        return vertx.close();
    }

    private Future<?> undeploy(Collection<String> deployments) {
        return Future.join(deployments.stream().map(vertx::undeploy).toList());
    }
}
