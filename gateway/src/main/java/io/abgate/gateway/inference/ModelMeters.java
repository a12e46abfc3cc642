package io.abgate.gateway.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The meters of one model, for one context: each is looked up by its tags once and then kept. */
final class ModelMeters {
    private static final long KEPT_NANOS = TimeUnit.HOURS.toNanos(1);
    /** Later, so that no context of the process still counts on a meter that another removes. */
    private static final long REMOVED_NANOS = KEPT_NANOS + TimeUnit.MINUTES.toNanos(1);

    private final MeterRegistry registry;
    private final String model;
    private final Map<Integer, VersionMeters> versions = new HashMap<>();
    private final Map<Integer, Long> goneSinceNanos = new HashMap<>();
    private final Counter samplesDropped;
    private final Counter refused;
    private final Counter shed;

    ModelMeters(MeterRegistry registry, String model) {
        this.registry = registry;
        this.model = model;
        this.samplesDropped = counter("abgate.samples.dropped", "Rows over the sample budget");
        this.refused = counter("abgate.requests.refused", "Prediction requests answered with an error");
        this.shed = counter("abgate.requests.shed", "Those of them that were refused because there was too much to do");
    }

    VersionMeters version(int version) {
        VersionMeters known = versions.get(version); // a lambda for the rare case would be made each time
        return known != null ? known : add(version);
    }

    private VersionMeters add(int version) {
        VersionMeters meters = new VersionMeters(registry, model, version);
        versions.put(version, meters);
        return meters;
    }

    /** Drops the meters of versions that have not been served for an hour; those of one that comes back start anew. */
    void sweep(Set<Integer> served, long nowNanos) {
        versions.keySet().forEach(version -> goneSinceNanos.putIfAbsent(version, nowNanos));
        goneSinceNanos.keySet().removeAll(served);
        goneSinceNanos.entrySet().removeIf(gone -> isRemoved(gone.getKey(), nowNanos - gone.getValue()));
    }

    private boolean isRemoved(int version, long goneForNanos) {
        if (goneForNanos > KEPT_NANOS) {
            versions.remove(version);
        }
        boolean isOver = goneForNanos > REMOVED_NANOS;
        if (isOver) {
            VersionMeters.remove(registry, model, version);
        }
        return isOver;
    }

    void samplesDropped(int rows) {
        if (rows > 0) {
            samplesDropped.increment(rows);
        }
    }

    /** A request was refused because there was too much to do. */
    void shed() {
        shed.increment();
    }

    void refused() {
        refused.increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("model", model)
                .register(registry);
    }
}
