package io.abgate.gateway.admin;

import io.abgate.registry.domain.Check;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a web page of another site could make a browser on this machine send: a host name that is not this
 * machine's (DNS rebinding), another origin, and writes that are not JSON (which a form could send without asking).
 */
final class SameOrigin {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private SameOrigin() {}

    static void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        HostAndPort authority = request.authority();
        String host = authority == null ? "" : authority.host();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (!LOCAL.contains(host)) {
            Problems.answer(context, 403, Check.message("Host", host, "localhost, 127.0.0.1 or [::1]"));
        } else if (origin != null && !isOf(origin, authority)) {
            Problems.answer(context, 403, Check.message("Origin", origin, "http://" + authority));
        } else if (!READS.contains(request.method()) && !isJson(type)) {
            Problems.answer(context, 415, Check.message("Content-Type", String.valueOf(type), "application/json"));
        } else {
            context.next();
        }
    }

    private static boolean isOf(String origin, HostAndPort authority) {
        try {
            URI uri = new URI(origin);
            return authority.host().equals(uri.getHost()) && authority.port() == uri.getPort();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }
}
