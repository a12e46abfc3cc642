package io.abgate.gateway.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Opens the admin listener: {@code /metrics}, {@code /openapi.json} and {@code /api/v1}. */
public final class AdminVerticle extends VerticleBase {
    static final int BODY_LIMIT_BYTES = 16 << 20;

    private final String host;
    private final int port;
    private final PrometheusMeterRegistry meters;
    private HttpServer server;

    /**
     * An admin listener.
     *
     * @param port 0 takes any free one, see {@link #actualPort}
     */
    @SuppressWarnings("NullAway.Init") // start makes what a verticle without a Vertx cannot have
    public AdminVerticle(String host, int port, PrometheusMeterRegistry meters) {
        this.host = host;
        this.port = port;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port));
        return server.requestHandler(router()).listen();
    }

    private Router router() {
        Router router = Router.router(vertx);
        Problems.handleAllOf(router);
        router.route().handler(SameOrigin::check);
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES));
        router.get("/metrics").handler(this::metrics);
        router.get("/openapi.json").handler(AdminVerticle::contract);
        new AdminApi(vertx).mount(router);
        return router;
    }

    private void metrics(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .end(meters.scrape());
    }

    private static void contract(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .sendFile("openapi.json");
    }

    /** Where it listens. */
    public int actualPort() {
        return server.actualPort();
    }
}
