package io.abgate.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Route;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelMetersTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int OF_A_MODEL = 3;
    private static final int OF_A_VERSION = 5;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ModelMeters meters = new ModelMeters(registry, "mail");
    private final ModelMeters ofAnotherContext = new ModelMeters(registry, "mail");
    private long nanos = Long.MAX_VALUE - 100 * MINUTE; // such clocks may overflow

    private void sweep(int served) {
        meters.sweep(Set.of(served), nanos);
        ofAnotherContext.sweep(Set.of(served), nanos + 1);
        nanos += MINUTE;
    }

    private double failures(int version) {
        return registry.get("abgate.version.failures")
                .tag("version", Integer.toString(version))
                .counter()
                .count();
    }

    @Test
    void versionsThatPassDoNotPileUp() {
        for (int version = 1; version <= 500; version++) {
            meters.version(version).answered(Route.CHAMPION, 1, 1_000);
            sweep(version);
        }
        // those of the last hour and a minute, and a sweep on either side
        assertThat(registry.getMeters()).hasSizeLessThanOrEqualTo(OF_A_MODEL + 63 * OF_A_VERSION);
        assertThat(failures(500)).isZero();
    }

    @Test
    void theMetersOfOthersStay() {
        new ModelMeters(registry, "digits").version(1).answered(Route.CHAMPION, 1, 1_000);
        meters.version(1).answered(Route.CHAMPION, 1, 1_000);
        for (int minute = 0; minute < 64; minute++) {
            sweep(2);
        }
        assertThat(registry.getMeters().stream().map(Meter::getId).filter(id -> "1".equals(id.getTag("version"))))
                .hasSize(OF_A_VERSION)
                .allMatch(id -> "digits".equals(id.getTag("model")));
    }

    @Test
    void whatIsServedKeepsItsCounts() {
        meters.version(1).failed();
        for (int minute = 0; minute < 200; minute++) {
            sweep(1);
        }
        ofAnotherContext.version(1).failed();
        assertThat(failures(1)).isEqualTo(2);
    }

    @Test
    void aVersionThatComesBackIsCountedByAllContexts() {
        meters.version(1).failed();
        ofAnotherContext.version(1).failed();
        for (int minute = 0; minute < 64; minute++) {
            sweep(2);
        }
        sweep(1);
        meters.version(1).failed();
        ofAnotherContext.version(1).failed();
        assertThat(failures(1)).isEqualTo(2);
    }
}
