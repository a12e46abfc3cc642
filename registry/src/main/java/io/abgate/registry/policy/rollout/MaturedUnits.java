package io.abgate.registry.policy.rollout;

import io.abgate.registry.domain.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Makes units of labelled predictions, one per hashed key of the experiment, in an order that no outcome can influence.
 *
 * <p>Labels count in the order of their predictions, once those are as old as labels take to come; what comes later is
 * for reporting only. Taken as they arrive they would lie wherever the lag depends on the input or the outcome: those of
 * fast kinds first, wrong ones before right ones. Only where the lag is 0 the order of the ledger is taken. The rows of
 * one request share one toss of the coin, so they count once, as the mean of those that are labelled by then; and of a
 * key only the first request counts, for its later ones go where the same hash sends them.
 */
public final class MaturedUnits {
    private static final Comparator<LabelledRow> ORDER = Comparator.comparingLong(LabelledRow::timeMillis)
            .thenComparingLong(LabelledRow::keyHash)
            .thenComparingInt(LabelledRow::assigned)
            .thenComparingLong(LabelledRow::nonce)
            // what still is equal is the same: rows come back from a snapshot in the order in which they were
            .thenComparingDouble(LabelledRow::score)
            .thenComparingDouble(LabelledRow::shadowScore)
            .thenComparingDouble(LabelledRow::share)
            .thenComparingDouble(LabelledRow::propensityNew)
            .thenComparing(LabelledRow::audited);

    private final long maturityMillis;
    private final PriorityQueue<LabelledRow> waiting = new PriorityQueue<>(ORDER);
    private final Set<Long> seenKeys = new HashSet<>();
    private long turnMillis = Long.MIN_VALUE;
    private long received;
    private long late;
    private long units;

    /**
     * One unit of evidence.
     *
     * @param propensityNew 0 for a pair
     * @param score mean of the rows that were labelled in time
     * @param shadowScore mean of the shadow's; NaN without one
     */
    public record Unit(int assigned, double propensityNew, double score, double shadowScore) {}

    /** Takes what has become due. */
    @FunctionalInterface
    public interface Sink {
        /** A unit: evidence for comparisons. */
        void unit(Unit unit);

        /** Every row in the same order, whether it is in a unit or not: for what watches levels. */
        default void label(LabelledRow row) {}
    }

    /** For labels that take {@code maturityMillis} to come, fixed for the whole experiment; 0 takes them as they come. */
    public MaturedUnits(long maturityMillis) {
        Check.that(maturityMillis >= 0, "maturityMillis", maturityMillis, "a number from 0");
        this.maturityMillis = maturityMillis;
    }

    /**
     * Rows were labelled together.
     *
     * @param atMillis when, by the ledger
     * @param sink takes what is due now
     */
    public void labelled(List<LabelledRow> rows, long atMillis, Sink sink) {
        received += rows.size();
        if (maturityMillis == 0) {
            emit(rows, sink);
            return;
        }
        for (LabelledRow row : rows) {
            if (row.timeMillis() <= turnMillis) {
                late++;
            } else {
                waiting.add(row);
            }
        }
        advance(atMillis, sink);
    }

    /** Time went on, by the ledger: what has become due is handed out. */
    public void advance(long atMillis, Sink sink) {
        if (maturityMillis == 0) {
            return;
        }
        turnMillis = Math.max(turnMillis, atMillis - maturityMillis);
        List<LabelledRow> due = new ArrayList<>();
        for (LabelledRow row = waiting.peek(); row != null && row.timeMillis() <= turnMillis; row = waiting.peek()) {
            due.add(waiting.remove());
        }
        emit(due, sink);
    }

    private void emit(List<LabelledRow> ordered, Sink sink) {
        Map<Request, Rows> requests = new LinkedHashMap<>();
        for (LabelledRow row : ordered) {
            sink.label(row);
            requests.computeIfAbsent(Request.of(row), request -> new Rows(row)).add(row);
        }
        for (Rows rows : requests.values()) {
            if (isFirstToss(rows.first)) {
                units++;
                sink.unit(rows.unit());
            }
        }
    }

    /** A key that went to a third version has told where its hash lies too; one that had no choice has told nothing. */
    private boolean isFirstToss(LabelledRow row) {
        if (row.hasShadow()) {
            return seenKeys.add(row.keyHash());
        }
        boolean tossed = row.share() > 0 && row.share() < 1;
        boolean ofThePair = row.propensityNew() > 0 && row.propensityNew() < 1;
        return tossed && seenKeys.add(row.keyHash()) && ofThePair;
    }

    private record Request(long timeMillis, long keyHash, int assigned) {
        static Request of(LabelledRow row) {
            return new Request(row.timeMillis(), row.keyHash(), row.assigned());
        }
    }

    private static final class Rows {
        private final LabelledRow first;
        private double sum;
        private double shadowSum;
        private int count;

        Rows(LabelledRow first) {
            this.first = first;
        }

        void add(LabelledRow row) {
            sum += row.score();
            shadowSum += row.shadowScore();
            count++;
        }

        Unit unit() {
            return new Unit(first.assigned(), first.propensityNew(), sum / count, shadowSum / count);
        }
    }

    /** How old a label must be to count, in milliseconds. */
    public long maturityMillis() {
        return maturityMillis;
    }

    /** Rows labelled so far. */
    public long received() {
        return received;
    }

    /** Rows labelled after the turn of their prediction: for reporting only. */
    public long late() {
        return late;
    }

    /** Keys that no later request can make a unit of. */
    public int keys() {
        return seenKeys.size();
    }

    /** When the oldest row that waits for its turn will have it; empty when none waits. */
    public Optional<Long> dueMillis() {
        return Optional.ofNullable(waiting.peek()).map(row -> row.timeMillis() + maturityMillis);
    }

    /** Rows that wait for their turn. */
    public int waiting() {
        return waiting.size();
    }

    /** Units handed out. */
    public long units() {
        return units;
    }

    /**
     * All that changes in it.
     *
     * @param waiting rows that are not due yet, in the order in which they will be
     * @param seenKeys in ascending order
     */
    public record Snapshot(
            long maturityMillis,
            List<LabelledRow> waiting,
            List<Long> seenKeys,
            long turnMillis,
            long received,
            long late,
            long units) {}

    /** This collection as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(
                maturityMillis,
                waiting.stream().sorted(ORDER).toList(),
                seenKeys.stream().sorted().toList(),
                turnMillis,
                received,
                late,
                units);
    }

    /** The collection of which a snapshot was taken. */
    public static MaturedUnits restored(Snapshot snapshot) {
        MaturedUnits units = new MaturedUnits(snapshot.maturityMillis());
        units.waiting.addAll(snapshot.waiting());
        units.seenKeys.addAll(snapshot.seenKeys());
        units.turnMillis = snapshot.turnMillis();
        units.received = snapshot.received();
        units.late = snapshot.late();
        units.units = snapshot.units();
        return units;
    }
}
