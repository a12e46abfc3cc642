package io.abgate.registry;

import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.policy.labels.LabelFigures;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How labels come to the versions that are served, for who looks at meters from other threads; NaN where unknown. */
public final class LabelBoard {
    private static final long EVERY_MILLIS = 1_000;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Map<Of, Reading> readings = new ConcurrentHashMap<>();
    private final Map<String, Long> readAtMillis = new HashMap<>();
    private volatile BiConsumer<String, Integer> onVersion = (model, version) -> {};

    private record Of(String model, int version) {}

    private record Reading(double coverage, double lagP95Seconds) {}

    /** Is told of each version when it is first served; on the writer thread. */
    public void onVersion(BiConsumer<String, Integer> listener) {
        onVersion = listener;
    }

    void clear() {
        readings.clear();
        readAtMillis.clear();
    }

    /** How a model stands now; on the writer thread. */
    void stands(ModelState state, long nowMillis) {
        String model = state.settings().name();
        if (nowMillis - readAtMillis.getOrDefault(model, 0L) < EVERY_MILLIS) {
            return;
        }
        readAtMillis.put(model, nowMillis);
        Map<Of, Reading> now = state.servable().stream()
                .map(VersionState::number)
                .collect(Collectors.toMap(
                        version -> new Of(model, version),
                        version -> reading(state.labels().figures(version, nowMillis))));
        Predicate<Of> isGone = of -> of.model().equals(model) && !now.containsKey(of);
        readings.keySet().removeIf(isGone);
        now.forEach((of, reading) -> {
            if (readings.put(of, reading) == null) {
                onVersion.accept(of.model(), of.version());
            }
        });
    }

    private static Reading reading(LabelFigures figures) {
        return new Reading(figures.coverage(), figures.lag().p95Millis() / MILLIS_PER_SECOND);
    }

    /** Part of the predictions, of those old enough, that is labelled. */
    public double coverage(String model, int version) {
        Reading reading = readings.get(new Of(model, version));
        return reading == null ? Double.NaN : reading.coverage;
    }

    /** By when 95 % of the labels that come at all have come. */
    public double lagP95Seconds(String model, int version) {
        Reading reading = readings.get(new Of(model, version));
        return reading == null ? Double.NaN : reading.lagP95Seconds;
    }
}
