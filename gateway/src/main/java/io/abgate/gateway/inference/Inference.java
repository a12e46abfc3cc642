package io.abgate.gateway.inference;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.abgate.gateway.health.ModelAttempts;
import io.abgate.gateway.health.NodeHealth;
import io.abgate.gateway.http.BodyBudget;
import io.abgate.gateway.http.Paths;
import io.abgate.gateway.http.RequestBody;
import io.abgate.gateway.overload.AdaptiveLimit;
import io.abgate.gateway.overload.Overload;
import io.abgate.gateway.overload.Turns;
import io.abgate.gateway.routing.Hosting;
import io.abgate.gateway.routing.Routes;
import io.abgate.gateway.security.NonceSource;
import io.abgate.gateway.security.PredictionTokens;
import io.abgate.gateway.traffic.NodeTraffic;
import io.abgate.model.HostedModels;
import io.abgate.registry.domain.ModelSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The door for predictions of one gateway context. */
public final class Inference {
    private static final String MODEL = "/v2/models/:model";
    private static final String VERSION = MODEL + "/versions/:version";

    private final ServedModels models;
    private final Runtimes runtimes;
    private final ReplicaCalls replicas;
    private final ReplicaCalls copies;
    private final InferenceHandler inference;
    private final BodyBudget bodies;
    private final DescriptionHandler description;

    /**
     * What operators say of it.
     *
     * @param models that are served
     * @param node name of this process
     * @param overload from when on this context refuses requests with 503
     */
    public record Settings(Collection<ModelSettings> models, String node, Overload overload) {
        public Settings {
            models = List.copyOf(models);
        }
    }

    /** What the contexts of a process share. */
    public record Shared(
            Routes routes,
            HostedModels hosted,
            NonceSource nonces,
            SampleBudgets budgets,
            MeterRegistry meters,
            NodeHealth health,
            NodeTraffic traffic) {
        /** With nonces, budgets, health and traffic of its own: to be made once in a process. */
        public Shared(Collection<ModelSettings> models, Routes routes, HostedModels hosted, MeterRegistry meters) {
            this(
                    routes,
                    hosted,
                    new NonceSource(),
                    new SampleBudgets(models),
                    meters,
                    new NodeHealth(),
                    new NodeTraffic());
        }
    }

    /** To be made on the context that will use it. */
    public Inference(Vertx vertx, Settings settings, Shared shared, PredictionTokens tokens) {
        Hosting hosting = new Hosting(shared.hosted(), shared.routes());
        models = new ServedModels(
                settings.models().stream()
                        .map(model -> served(vertx, model, settings, shared))
                        .toList(),
                shared.routes());
        shared.health()
                .join(
                        vertx.getOrCreateContext(),
                        models.all().stream().collect(Collectors.toMap(ServedModel::name, ServedModel::attempts)));
        runtimes = new Runtimes(hosting);
        replicas = new ReplicaCalls(vertx, hosting, settings.node());
        copies = new ReplicaCalls(vertx, hosting, settings.node());
        WatchedPredictor predictor = new WatchedPredictor(new Predictor(runtimes, replicas, copies));
        inference = new InferenceHandler(
                models,
                new Answering(predictor),
                new Sampling(predictor),
                new IdIssuer(tokens, shared.nonces()),
                new LoopTurns(vertx.getOrCreateContext(), new Turns(settings.overload(), processorClock())));
        bodies = new BodyBudget((long) settings.overload().bodyMegabytes() << 20);
        description = new DescriptionHandler(models, hosting);
    }

    /** Of the thread that asks; where nobody counts that, of all time. */
    private static LongSupplier processorClock() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads::getCurrentThreadCpuTime : System::nanoTime;
    }

    /** Opens the paths of the Open Inference Protocol v2. */
    public void mount(Router router) {
        Paths.open(router, POST, InferenceCall.ROUTE, RequestBody.to(bodies, this::hasRoom, this::infer));
        Paths.open(router, POST, VERSION + "/infer", RequestBody.to(bodies, this::hasRoom, this::infer));
        Paths.open(router, GET, "/v2", description::server);
        Paths.open(router, GET, "/v2/health/live", description::live);
        Paths.open(router, GET, "/v2/health/ready", description::ready);
        Paths.open(router, GET, MODEL, description::model);
        Paths.open(router, GET, MODEL + "/ready", description::modelReady);
        Paths.open(router, GET, VERSION, description::version);
        Paths.open(router, GET, VERSION + "/ready", description::modelReady);
    }

    private boolean hasRoom(RoutingContext context) {
        return inference.hasRoom(call(context));
    }

    private void infer(RoutingContext context, byte[] body) {
        inference.infer(call(context), body);
    }

    private static InferenceCall call(RoutingContext context) {
        return new InferenceCall(context.request(), context.pathParam("model"), context.pathParam("version"));
    }

    /** Takes predictions without the router, whose patterns cost more than the model; gives it everything else. */
    public Handler<HttpServerRequest> before(Handler<HttpServerRequest> router) {
        return request -> {
            InferenceCall call = InferenceCall.of(request);
            if (call == null) {
                router.handle(request);
            } else {
                request.routed(InferenceCall.ROUTE);
                RequestBody.read(bodies, request, () -> inference.hasRoom(call), body -> inference.infer(call, body));
            }
        };
    }

    /** What this context may hold of bodies that are still arriving. */
    public BodyBudget bodies() {
        return bodies;
    }

    /** Sends the samples of a model that still wait. */
    public void flushSamples(String model) {
        models.find(model).samples().flush();
    }

    /** Sends the samples that still wait. */
    public void flushSamples() {
        models.all().forEach(model -> model.samples().flush());
    }

    /** Drops what is kept for versions and replicas that are gone; to be called every few seconds. */
    public void sweep() {
        runtimes.sweep();
        models.sweep(System.nanoTime());
        replicas.sweep();
        copies.sweep();
    }

    private static ServedModel served(Vertx vertx, ModelSettings model, Settings settings, Shared shared) {
        return new ServedModel(
                model,
                new ModelMeters(shared.meters(), model.name()),
                new ModelAttempts(),
                shared.budgets().of(model.name()),
                new SampleBuffer(vertx, shared.routes().binding(), model.name()),
                shared.traffic().join(vertx.getOrCreateContext(), model),
                new AdaptiveLimit(settings.overload()));
    }
}
