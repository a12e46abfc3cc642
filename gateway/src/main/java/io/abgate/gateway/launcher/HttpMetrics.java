package io.abgate.gateway.launcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Vert.x itself reports: the requests of each listener. Nothing else is counted, as messages and pools cost time on
 * every prediction and tell little. Vert.x's own adapter to Micrometer looks its meters up by their tags several times a
 * request; here each is found once.
 */
final class HttpMetrics implements VertxMetricsFactory {
    private final MeterRegistry meters;

    HttpMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public VertxMetrics metrics(VertxOptions options) {
        return new VertxMetrics() {
            private final Map<String, ListenerMetrics> listeners = new ConcurrentHashMap<>();

            @Override
            public HttpServerMetrics<?, ?, ?> createHttpServerMetrics(HttpServerOptions ours, SocketAddress local) {
                return listeners.computeIfAbsent(local.toString(), address -> new ListenerMetrics(meters, address));
            }
        };
    }
}
