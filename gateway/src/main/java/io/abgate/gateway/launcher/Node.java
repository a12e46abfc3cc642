package io.abgate.gateway.launcher;

import io.abgate.gateway.GatewaySettings;
import io.abgate.gateway.GatewayVerticle;
import io.abgate.gateway.admin.AdminVerticle;
import io.abgate.gateway.configuration.Configuration;
import io.abgate.gateway.configuration.Configuration.Listener;
import io.abgate.gateway.configuration.Role;
import io.abgate.gateway.inference.Inference;
import io.abgate.gateway.routing.Routes;
import io.abgate.gateway.routing.RoutingVerticle;
import io.abgate.gateway.security.TokenKeys;
import io.abgate.model.HostedModels;
import io.abgate.model.ModelNodeVerticle;
import io.abgate.model.worker.WorkerVerticle;
import io.abgate.registry.ModelDefinition;
import io.abgate.registry.RegistryVerticle;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.StoreException;
import io.abgate.registry.store.Stores;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    private final Configuration configuration;
    private final Vertx vertx;
    private final String name = "node-" + UUID.randomUUID().toString().substring(0, 8);
    private final long incarnation = InstantSource.system().millis();
    private final PrometheusMeterRegistry meters;
    private final HostedModels hosted = new HostedModels();
    private final List<String> listeners = new CopyOnWriteArrayList<>();
    private @Nullable GatewayVerticle door;
    private @Nullable AdminVerticle admin;

    private Node(Configuration configuration, Vertx vertx, PrometheusMeterRegistry meters) {
        this.configuration = configuration;
        this.vertx = vertx;
        this.meters = meters;
    }

    /** A node that has joined its cluster, if it has one, and runs nothing yet. */
    static Future<Node> join(Configuration configuration) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return Clusters.vertx(configuration.cluster(), meters).map(vertx -> new Node(configuration, vertx, meters));
    }

    /** Starts every role. When one cannot start the future fails, and {@link #close} ends those that could. */
    Future<?> deploy() {
        Codecs.register(vertx.eventBus());
        return on(Role.REGISTRY, this::registry)
                .compose(done -> on(Role.MODEL, this::model))
                .compose(done -> on(Role.GATEWAY, this::gateway))
                .compose(done -> admin());
    }

    private Future<?> on(Role role, Supplier<Future<?>> deploys) {
        try {
            return configuration.roles().contains(role) ? deploys.get() : Future.succeededFuture();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<?> registry() {
        List<ModelDefinition> models =
                configuration.models().stream().map(this::definition).toList();
        TokenKeys.createIfAbsent(configuration.home());
        return vertx.deployVerticle(new RegistryVerticle(models, this::store, InstantSource.system()));
    }

    private EventStore store() {
        try {
            return Stores.open(configuration.store().url(), configuration.home(), holder(), InstantSource.system());
        } catch (StoreException e) {
            // a store that cannot be opened ends the start, which says so once; the log is for one that fails later
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private String holder() {
        return name + " (process " + ProcessHandle.current().pid() + ")";
    }

    private ModelDefinition definition(ModelSettings settings) {
        ModelSettings.Data data = settings.data();
        return new ModelDefinition(
                settings,
                configuration.datasets().read(data, data.first()),
                configuration.datasets().read(data, data.evaluation()));
    }

    private Future<?> model() {
        DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
        return Future.all(
                vertx.deployVerticle(new ModelNodeVerticle(name, incarnation, hosted)),
                vertx.deployVerticle(new WorkerVerticle(name), worker));
    }

    private Future<?> gateway() {
        Map<String, ModelSettings> models =
                configuration.models().stream().collect(Collectors.toMap(ModelSettings::name, Function.identity()));
        TokenKeys keys = TokenKeys.load(configuration.home());
        Routes routes = new Routes();
        Inference.Shared shared = new Inference.Shared(models.values(), routes, hosted, meters);
        GatewaySettings settings = new GatewaySettings(
                name, configuration.data().host(), configuration.data().port());
        DeploymentOptions oneALoop =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(new RoutingVerticle(name, incarnation, routes, configuration.models()))
                .compose(done -> vertx.deployVerticle(
                        () -> door = new GatewayVerticle(settings, models, keys, shared), oneALoop))
                .onSuccess(listeners::add)
                .recover(failure -> Future.failedFuture(PortInUse.explain("data", configuration.data(), failure)));
    }

    private Future<?> admin() {
        AdminVerticle verticle = new AdminVerticle(
                configuration.admin().host(), configuration.admin().port(), meters);
        admin = verticle;
        return vertx.deployVerticle(verticle)
                .onSuccess(listeners::add)
                .recover(failure -> Future.failedFuture(PortInUse.explain("admin", configuration.admin(), failure)));
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

    /** Takes no more requests and answers those under way, which needs all the rest; then ends that too. */
    Future<?> drain() {
        return undeploy(listeners)
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
