package io.abgate.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Opens paths that take one method and say so to every other. */
public final class Paths {
    private Paths() {}

    /** Lets {@code handler} answer what comes for a path with a method. */
    public static void open(Router router, HttpMethod method, String path, Handler<RoutingContext> handler) {
        router.route(method, path).handler(handler);
        router.route(path).handler(context -> refuse(context, method));
    }

    private static void refuse(RoutingContext context, HttpMethod allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, allowed.name());
        context.fail(405);
    }
}
