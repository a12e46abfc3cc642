package io.abgate.gateway.admin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The paths that are served, with the methods that each takes; another method is told which. */
final class Endpoints {
    private final Router router;
    private final Map<String, Set<String>> methods = new LinkedHashMap<>();

    Endpoints(Router router) {
        this.router = router;
    }

    /** A route that is read. */
    Route read(String path) {
        return open(HttpMethod.GET, path);
    }

    /** A route that is written, with a JSON body within bounds. */
    Route write(HttpMethod method, String path) {
        SecurityPolicyHandler check = JsonBody::check; // Vert.x takes only a handler of this kind before a body's
        return open(method, path).handler(check).handler(JsonBody.reader());
    }

    /** A route that is removed, without a body. */
    Route remove(String path) {
        return open(HttpMethod.DELETE, path);
    }

    private Route open(HttpMethod method, String path) {
        methods.computeIfAbsent(path, absent -> new TreeSet<>()).add(method.name());
        return router.route(method, path);
    }

    /** Every path with its methods. */
    Map<String, Set<String>> opened() {
        return Map.copyOf(methods);
    }

    /** To be called when every route is there. */
    void refuseOtherMethods() {
        methods.forEach((path, allowed) -> router.route(path).handler(context -> refuse(context, allowed)));
    }

    private static void refuse(RoutingContext context, Set<String> allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
        context.fail(405);
    }
}
