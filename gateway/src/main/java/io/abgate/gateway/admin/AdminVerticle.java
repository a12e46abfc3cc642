package io.abgate.gateway.admin;

import io.abgate.gateway.health.ClusterHealth;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Opens the admin listener: {@code /metrics}, {@code /openapi.json} and {@code /api/v1}. */
public final class AdminVerticle extends VerticleBase {
    /** What requests under way get to be answered when it stops; a process has to end within 2.5 s in all. */
    private static final long DRAIN_SECONDS = 1;

    private final String host;
    private final int port;
    private final PrometheusMeterRegistry meters;
    private final LocalNode local;
    private HttpServer server;

    /**
     * An admin listener.
     *
     * @param port 0 takes any free one, see {@link #actualPort}
     * @param local what this process knows by itself
     */
    @SuppressWarnings("NullAway.Init") // start makes what a verticle without a Vertx cannot have
    public AdminVerticle(String host, int port, PrometheusMeterRegistry meters, LocalNode local) {
        this.host = host;
        this.port = port;
        this.meters = meters;
        this.local = local;
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port));
        ClusterHealth cluster = new ClusterHealth(vertx, local.book().binding(), local.name(), local.health());
        server.requestHandler(router(new HealthApi(local, cluster))).invalidRequestHandler(Problems::answerUnsound);
        return cluster.start().compose(listening -> server.listen());
    }

    @Override
    public Future<?> stop() {
        return server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
    }

    private Router router(HealthApi health) {
        Router router = Router.router(vertx);
        Problems.handleAllOf(router);
        router.route().handler(new SameOrigin(host)::check);
        Endpoints endpoints = new Endpoints(router);
        endpoints.read("/metrics").handler(this::metrics);
        Buffer contract = contract();
        endpoints.read("/openapi.json").handler(context -> answer(context, "application/json", contract));
        new AdminApi(vertx, local.book().binding(), health).mount(endpoints);
        health.mount(endpoints);
        new LocalApi(vertx, local).mount(endpoints);
        endpoints.refuseOtherMethods();
        return router;
    }

    /** Prints away from the event loop, on which predictions are answered too. */
    private void metrics(RoutingContext context) {
        vertx.executeBlocking(() -> Buffer.buffer(meters.scrape()), false)
                .onComplete(text -> answer(context, "text/plain; version=0.0.4; charset=utf-8", text), context::fail);
    }

    /** Read as a resource: Vert.x would prefer a file of this name in the working directory. */
    private static Buffer contract() {
        try (InputStream in = AdminVerticle.class.getResourceAsStream("/openapi.json")) {
            return Buffer.buffer(Objects.requireNonNull(in, "openapi.json").readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(RoutingContext context, String type, Buffer body) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
    }

    /** Where it listens. */
    public int actualPort() {
        return server.actualPort();
    }
}
