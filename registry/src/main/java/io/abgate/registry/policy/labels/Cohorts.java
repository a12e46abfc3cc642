package io.abgate.registry.policy.labels;

import io.abgate.registry.domain.IssuedIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Predictions by the time in their ids: the newest in places of the grid, older ones in stretches that are no longer
 * than a quarter of their age, so that a month takes about a hundred of them; those that wait to be compared in stretches
 * of a minute at most.
 */
final class Cohorts {
    /** Within a stratum neither shares nor labelling may move much. */
    static final long STRATUM_MILLIS = 60_000;

    private static final int PARTS_OF_AGE = 4;
    /** About so many may wait: where labels take longer than this many strata, strata are wider. */
    private static final int MOST_WAITING = 1_000;

    private final List<Cohort> compared = new ArrayList<>();
    private final List<Cohort> waiting = new ArrayList<>();
    private long frontierMillis = Long.MIN_VALUE;

    /** Whether those of a time were compared: what comes later is late. */
    boolean isCompared(long predictedMillis) {
        return predictedMillis < frontierMillis;
    }

    /** The cohort of predictions that were not compared yet. */
    Cohort waiting(long predictedMillis, long nowMillis) {
        return find(waiting, predictedMillis).orElseGet(() -> begin(IssuedIds.gridMillis(predictedMillis), nowMillis));
    }

    private static Optional<Cohort> find(List<Cohort> cohorts, long predictedMillis) {
        for (int i = cohorts.size() - 1; i >= 0; i--) {
            if (cohorts.get(i).holds(predictedMillis)) {
                return Optional.of(cohorts.get(i));
            }
        }
        return Optional.empty();
    }

    private Cohort begin(long fromMillis, long nowMillis) {
        if (!waiting.isEmpty()) {
            long spanMillis = nowMillis - waiting.get(0).fromMillis;
            merge(waiting, nowMillis, Math.max(STRATUM_MILLIS, spanMillis / MOST_WAITING));
        }
        int at = waiting.size();
        while (at > 0 && waiting.get(at - 1).fromMillis > fromMillis) {
            at--;
        }
        Cohort begun = new Cohort(fromMillis, fromMillis + IssuedIds.GRID_MILLIS);
        waiting.add(at, begun);
        return begun;
    }

    /** The cohort of predictions that were compared; empty where none of that time had been told of. */
    Optional<Cohort> compared(long predictedMillis) {
        return find(compared, predictedMillis);
    }

    /** The oldest that waits. */
    Optional<Cohort> oldest() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.get(0));
    }

    /** The oldest was compared; this is left of it. */
    void compared(Cohort left, long nowMillis) {
        Cohort oldest = waiting.remove(0);
        frontierMillis = oldest.toMillis();
        if (!left.cells.isEmpty()) {
            compared.add(left);
            merge(compared, nowMillis, Long.MAX_VALUE);
        }
    }

    private static void merge(List<Cohort> cohorts, long nowMillis, long widestMillis) {
        for (int i = 0; i + 1 < cohorts.size(); i++) {
            Cohort older = cohorts.get(i);
            Cohort newer = cohorts.get(i + 1);
            long width = newer.toMillis() - older.fromMillis;
            if (width <= Math.min(widestMillis, (nowMillis - newer.toMillis()) / PARTS_OF_AGE)) {
                older.absorb(newer);
                cohorts.remove(i + 1);
            }
        }
    }

    /** Those that were compared, oldest first. */
    List<Cohort> compared() {
        return compared;
    }

    /** Those that were not, oldest first. */
    List<Cohort> waiting() {
        return waiting;
    }

    /** Forgets what is known of a version. */
    void forget(int version) {
        compared.forEach(cohort -> cohort.forget(version));
        waiting.forEach(cohort -> cohort.forget(version));
    }

    LabelSnapshot.Parts snapshot() {
        return new LabelSnapshot.Parts(
                frontierMillis,
                compared.stream().map(LabelSnapshot.Part::of).toList(),
                waiting.stream().map(LabelSnapshot.Part::of).toList());
    }

    static Cohorts restored(LabelSnapshot.Parts snapshot) {
        Cohorts cohorts = new Cohorts();
        cohorts.frontierMillis = snapshot.frontierMillis();
        snapshot.compared().forEach(part -> cohorts.compared.add(part.cohort()));
        snapshot.waiting().forEach(part -> cohorts.waiting.add(part.cohort()));
        return cohorts;
    }
}
