package io.abgate.gateway.health;

import io.abgate.registry.contract.HealthReport;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Health.Status;
import io.abgate.registry.domain.Traffic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The meters of how versions answered this process's users lately. To be used by one thread; read by any. */
final class HealthMeters {
    private final Map<String, Double> limits;
    private final MultiGauge statuses;
    private final MultiGauge rates;
    private volatile Map<Version, Health> shown = Map.of();

    private record Version(String model, int version) {
        Tags tags() {
            return Tags.of("model", model, "version", Integer.toString(version));
        }
    }

    /**
     * Meters that show nothing yet.
     *
     * @param limits from which error rate on a version is degraded, by model; 0 is off
     */
    HealthMeters(MeterRegistry meters, Map<String, Double> limits) {
        this.limits = Map.copyOf(limits);
        limits.forEach((model, limit) -> Gauge.builder("abgate.version.error.rate.limit", () -> limit)
                .description("From which error rate on a version is degraded; 0 is off")
                .tag("model", model)
                .register(meters));
        statuses = MultiGauge.builder("abgate.version.health")
                .description("1 for what a version is to its users: healthy, degraded, or no data")
                .register(meters);
        rates = MultiGauge.builder("abgate.version.error.rate")
                .description("Part of a version's last 1,000 attempts at users' traffic that failed")
                .register(meters);
    }

    /** Shows this from now on. */
    void show(HealthReport report) {
        Map<Version, Health> now = new HashMap<>();
        report.models().forEach(model -> model.versions()
                .forEach(version -> now.put(new Version(model.model(), version.version()), version.at(Traffic.USERS))));
        shown = now;
        List<MultiGauge.Row<?>> statusRows = new ArrayList<>();
        List<MultiGauge.Row<?>> rateRows = new ArrayList<>();
        for (Version version : now.keySet()) {
            rateRows.add(MultiGauge.Row.of(version.tags(), this, meters -> meters.rate(version)));
            for (Status status : Status.values()) {
                Tags tags = version.tags().and("status", status.word());
                statusRows.add(MultiGauge.Row.of(tags, this, meters -> meters.is(version, status)));
            }
        }
        // rows that are there already stay, so that no scrape misses them
        statuses.register(statusRows, false);
        rates.register(rateRows, false);
    }

    private double rate(Version version) {
        Health health = shown.getOrDefault(version, Health.NONE);
        return health.window().attempts() == 0 ? Double.NaN : health.window().value();
    }

    private double is(Version version, Status status) {
        double limit = limits.getOrDefault(version.model(), 0.0);
        return shown.getOrDefault(version, Health.NONE).status(limit) == status ? 1 : 0;
    }
}
