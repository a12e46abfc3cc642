package io.abgate.registry.policy.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Predictions by the time at which they were made: the newest ten seconds apart, older ones in parts that are no longer
 * than a quarter of their age, so that a month takes about a hundred of them.
 */
final class Cohorts {
    static final long WIDTH_MILLIS = 10_000;
    /** A first report tells of predictions that were made this long before at most. */
    static final long REACH_MILLIS = 60_000;

    private static final int PARTS_OF_AGE = 4;
    private static final int NEVER_CLOSED = 0;

    private final List<Cohort> closed = new ArrayList<>();
    private @Nullable Cohort open;

    /** Begins with the first thing that is heard. */
    void begin(long atMillis) {
        if (open == null) {
            open = new Cohort(atMillis - REACH_MILLIS, NEVER_CLOSED);
        }
    }

    /** The cohort of predictions of a time; empty for what was before the first. */
    Optional<Cohort> at(long predictedMillis) {
        if (open != null && predictedMillis >= open.fromMillis) {
            return Optional.of(open);
        }
        for (int i = closed.size() - 1; i >= 0; i--) {
            if (predictedMillis >= closed.get(i).fromMillis) {
                return Optional.of(closed.get(i));
            }
        }
        return Optional.empty();
    }

    /** Time went on, by the ledger; whether a cohort was closed. */
    boolean advance(long nowMillis) {
        if (open == null || nowMillis - open.fromMillis < WIDTH_MILLIS) {
            return false;
        }
        open.close(nowMillis);
        closed.add(open);
        open = new Cohort(nowMillis, NEVER_CLOSED);
        merge(nowMillis);
        return true;
    }

    private void merge(long nowMillis) {
        for (int i = 0; i + 1 < closed.size(); i++) {
            Cohort older = closed.get(i);
            Cohort newer = closed.get(i + 1);
            long width = newer.toMillis() - older.fromMillis;
            boolean isShort = width <= (nowMillis - newer.toMillis()) / PARTS_OF_AGE;
            if (isShort && older.isCompared() == newer.isCompared()) {
                older.absorb(newer);
                closed.remove(i + 1);
            }
        }
    }

    /** Closed ones, oldest first. */
    List<Cohort> closed() {
        return closed;
    }

    /** All, oldest first, the open one as if it had been closed at {@code nowMillis}. */
    Stream<Aged> aged(long nowMillis) {
        Stream<Aged> old = closed.stream().map(cohort -> new Aged(cohort, cohort.toMillis()));
        return open == null ? old : Stream.concat(old, Stream.of(new Aged(open, Math.max(nowMillis, open.fromMillis))));
    }

    /** A cohort, and when its youngest prediction was made at the latest. */
    record Aged(Cohort cohort, long toMillis) {}

    /** Forgets what is known of a version. */
    void forget(int version) {
        closed.forEach(cohort -> cohort.cells.remove(version));
        if (open != null) {
            open.cells.remove(version);
        }
    }

    List<LabelSnapshot.Part> snapshot() {
        return closed.stream().map(LabelSnapshot.Part::of).toList();
    }

    LabelSnapshot.@Nullable Part openSnapshot() {
        return open == null ? null : LabelSnapshot.Part.of(open);
    }

    static Cohorts restored(List<LabelSnapshot.Part> closed, LabelSnapshot.@Nullable Part open) {
        Cohorts cohorts = new Cohorts();
        closed.forEach(part -> cohorts.closed.add(part.cohort()));
        cohorts.open = open == null ? null : open.cohort();
        return cohorts;
    }
}
