package io.abgate.gateway.launcher;

import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;

/** What Vert.x itself counts: the requests of each listener, by their route and status. */
final class HttpMetrics {
    private HttpMetrics() {}

    /**
     * Nothing else is counted: messages and pools cost time on every prediction and tell little. Listeners,
     * routes and statuses are few; a path or a method is whatever a client sends.
     */
    static MicrometerMetricsOptions options() {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setLabels(EnumSet.of(Label.LOCAL, Label.HTTP_ROUTE, Label.HTTP_CODE));
        EnumSet.complementOf(EnumSet.of(MetricsDomain.HTTP_SERVER)).forEach(options::addDisabledMetricsCategory);
        return options;
    }
}
