package io.abgate.gateway.inference;

import io.abgate.registry.domain.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** The meters of one version of a model. */
final class VersionMeters {
    private static final Duration[] BUCKETS = LongStream.of(
                    250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
            .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private static final String FAILURES = "abgate.version.failures";
    private static final String FALLBACKS = "abgate.fallbacks";
    private static final String SHADOW_FAILURES = "abgate.shadow.failures";
    private static final String ROWS = "abgate.predictions";
    private static final String LATENCY = "abgate.prediction.latency";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Route, Answers> answers = new EnumMap<>(Route.class);
    private final Counter failures;
    private final Counter fallbacks;
    private final Counter shadowFailures;

    VersionMeters(MeterRegistry registry, String model, int version) {
        this.registry = registry;
        this.tags = tags(model, version);
        this.failures = counter(FAILURES, "Requests that the version did not answer");
        this.fallbacks = counter(FALLBACKS, "Requests of the version that another answered");
        this.shadowFailures = counter(SHADOW_FAILURES, "Copies that the version did not answer");
    }

    private static Tags tags(String model, int version) {
        return Tags.of("model", model, "version", Integer.toString(version));
    }

    /** Takes what all contexts of a process count of a version out of the registry. */
    static void remove(MeterRegistry registry, String model, int version) {
        for (String name : List.of(FAILURES, FALLBACKS, SHADOW_FAILURES, ROWS, LATENCY)) {
            registry.find(name).tags(tags(model, version)).meters().forEach(registry::remove);
        }
    }

    private record Answers(Counter rows, Timer latency) {}

    void answered(Route route, int rows, long nanos) {
        Answers known = answers.get(route);
        Answers meters = known != null ? known : add(route);
        meters.rows().increment(rows);
        meters.latency().record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed() {
        failures.increment();
    }

    void fellBack() {
        fallbacks.increment();
    }

    void shadowFailed() {
        shadowFailures.increment();
    }

    private Answers add(Route route) {
        Answers meters = register(route);
        answers.put(route, meters);
        return meters;
    }

    private Answers register(Route route) {
        Tags routed = tags.and("route", route.label());
        Counter rows =
                Counter.builder(ROWS).description("Rows answered").tags(routed).register(registry);
        Timer latency = Timer.builder(LATENCY)
                .description("Time from a whole request to its answer")
                .tags(routed)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        return new Answers(rows, latency);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
