package io.abgate.gateway.admin;

import io.abgate.registry.domain.Check;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a web page of another site could make a browser on this machine send: a host name that is not this
 * machine's (DNS rebinding), and another origin.
 */
final class SameOrigin {
    private final Set<String> hosts;

    /**
     * A check.
     *
     * @param host that is listened on
     */
    SameOrigin(String host) {
        this.hosts = Stream.of("localhost", "127.0.0.1", "::1", bare(host)).collect(Collectors.toUnmodifiableSet());
    }

    void check(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (authority == null || !isTaken(authority.host())) {
            Problems.answer(
                    context, 403, Check.message("Host", String.valueOf(authority), "localhost, 127.0.0.1 or [::1]"));
        } else if (origin != null && !isOf(origin, authority)) {
            Problems.answer(context, 403, Check.message("Origin", origin, "http://" + authority));
        } else {
            context.next();
        }
    }

    /** Whether a host is this machine, whoever says so. */
    boolean isTaken(String host) {
        return hosts.contains(bare(host));
    }

    private static boolean isOf(String origin, HostAndPort authority) {
        try {
            URI uri = new URI(origin);
            return "http".equalsIgnoreCase(uri.getScheme())
                    && bare(authority.host()).equals(bare(uri.getHost()))
                    && authority.port() == uri.getPort();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A host in lower case, an IPv6 address without its brackets. */
    private static String bare(@Nullable String host) {
        String lower = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }
}
