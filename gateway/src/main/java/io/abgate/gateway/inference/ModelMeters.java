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
