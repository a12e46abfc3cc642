package io.abgate.registry;

import io.abgate.registry.contract.TrafficKnown;
import io.abgate.registry.contract.TrafficReport;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficSettings;
import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.TrafficCounted;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where what gateways counted waits to be written: seldom, as an entry costs the ledger more than it tells. What waits
 * here is nowhere acknowledged, so it may be lost. For the writer thread.
 */
final class TrafficIntake {
    private final Books books;
    private final Time time;
    private final Map<String, Map<TrafficStream, TrafficBatch>> waiting = new HashMap<>();
    private final Map<String, Long> writtenNanos = new HashMap<>();

    TrafficIntake(Books books, Time time) {
        this.books = books;
        this.time = time;
    }

    /**
     * A gateway tells a batch; says what of that gateway is in the ledger. The last one of a gateway is written at once.
     * Refused as NOT_FOUND for an unknown model.
     */
    TrafficKnown take(TrafficReport report) {
        ModelState state = books.state(report.model());
        TrafficBatch batch = report.batch();
        long known = state.traffic().known(batch.stream());
        if (batch.number() <= known) {
            return new TrafficKnown(known);
        }
        Map<TrafficStream, TrafficBatch> ofModel =
                waiting.computeIfAbsent(report.model(), first -> new LinkedHashMap<>());
        if (report.last()) {
            write(report.model(), List.of(batch));
            ofModel.remove(batch.stream());
            return new TrafficKnown(batch.number());
        }
        ofModel.put(batch.stream(), batch);
        return new TrafficKnown(known);
    }

    /** Writes what has waited for long enough. */
    void tick() {
        long now = time.nanoClock().getAsLong();
        for (ModelState state : books.states()) {
            String model = state.settings().name();
            Map<TrafficStream, TrafficBatch> batches = waiting.getOrDefault(model, Map.of());
            Long written = writtenNanos.get(model);
            if (!batches.isEmpty() && (written == null || now - written >= pauseNanos(state))) {
                writtenNanos.put(model, now);
                write(model, List.copyOf(batches.values()));
                waiting.remove(model);
            }
        }
    }

    private void write(String model, List<TrafficBatch> batches) {
        books.commit("registry", model, new TrafficCounted(time.wall().millis(), batches));
    }

    private static long pauseNanos(ModelState state) {
        return TimeUnit.SECONDS.toNanos(
                state.livePair().isPresent()
                        ? state.settings().rollout().traffic().everySeconds()
                        : TrafficSettings.QUIET_SECONDS);
    }
}
