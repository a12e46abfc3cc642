package io.abgate.gateway;

import io.abgate.gateway.feedback.Feedback;
import io.abgate.gateway.http.Errors;
import io.abgate.gateway.inference.Inference;
import io.abgate.gateway.security.PredictionTokens;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.keys.KeyRing;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens the data listener on one event loop; instances of one process share its port. */
public final class GatewayVerticle extends VerticleBase {
    private static final long SWEEP_MILLIS = 5_000;
    private static final int IDLE_SECONDS = 75;
    /** What requests under way get to be answered when it stops; a process has to end within 2.5 s in all. */
    private static final long DRAIN_SECONDS = 1;

    /** Vert.x lets the instances of one deployment share a random port when it is negative, not when it is 0. */
    private static final int ANY_FREE_BUT_SHARED = -1;

    private final GatewaySettings settings;
    private final Map<String, ModelSettings> models;
    private final KeyRing keys;
    private final Inference.Shared shared;
    private @Nullable Inference inference;
    private @Nullable HttpServer server;

    /**
     * @param models that are served, by name
     * @param shared what all instances of this process share
     */
    public GatewayVerticle(
            GatewaySettings settings, Map<String, ModelSettings> models, KeyRing keys, Inference.Shared shared) {
        this.settings = settings;
        this.models = Map.copyOf(models);
        this.keys = keys;
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        HttpServer opening = vertx.createHttpServer(options())
                .requestHandler(requests())
                .invalidRequestHandler(Errors::answerUnsound);
        server = opening;
        return opening.listen();
    }

    @Override
    public Future<?> stop() {
        flush();
        Future<Void> drained =
                server == null ? Future.succeededFuture() : server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
        return drained.onComplete(done -> flush());
    }

    private void flush() {
        if (inference != null) {
            inference.flushSamples();
        }
    }

    /** The port that it listens on, once deployed. */
    public int port() {
        return server == null ? settings.port() : server.actualPort();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? ANY_FREE_BUT_SHARED : settings.port())
                .setIdleTimeout(IDLE_SECONDS)
                // there are no WebSockets here, but each request and answer would pass the handler of their extensions
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    private Handler<HttpServerRequest> requests() {
        Router router = Router.router(vertx);
        Errors.handleAllOf(router);
        PredictionTokens tokens = new PredictionTokens(keys); // not to be shared between event loops
        Inference.Settings inferenceSettings =
                new Inference.Settings(models.values(), settings.node(), settings.overload());
        Inference door = new Inference(vertx, inferenceSettings, shared, tokens);
        door.mount(router);
        new Feedback(vertx.eventBus(), models.keySet(), shared.routes(), tokens, door::flushSamples)
                .mount(router, door.bodies());
        vertx.setPeriodic(SWEEP_MILLIS, timer -> door.sweep());
        inference = door;
        return door.before(router);
    }
}
