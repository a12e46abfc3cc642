package io.abgate.gateway.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** The meters of one model, for one context: each is looked up by its tags once and then kept. */
final class ModelMeters {
    private final MeterRegistry registry;
    private final String model;
    private final Map<Integer, VersionMeters> versions = new HashMap<>();
    private final Counter samplesDropped;
    private final Counter refused;

    ModelMeters(MeterRegistry registry, String model) {
        this.registry = registry;
        this.model = model;
        this.samplesDropped = counter("abgate.samples.dropped", "Rows over the sample budget");
        this.refused = counter("abgate.requests.refused", "Prediction requests answered with an error");
    }

    VersionMeters version(int version) {
        return versions.computeIfAbsent(version, absent -> new VersionMeters(registry, model, version));
    }

    void samplesDropped(int rows) {
        if (rows > 0) {
            samplesDropped.increment(rows);
        }
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
