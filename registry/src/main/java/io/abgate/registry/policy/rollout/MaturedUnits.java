package io.abgate.registry.policy.rollout;

import io.abgate.registry.domain.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** Clocks that follow time are set back by less. */
    private static final long SET_BACK_MILLIS = 60_000;

    private final long maturityMillis;
    private final WaitingRows waiting;
    private final Set<Long> seenKeys = new HashSet<>();
    private long turnMillis = Long.MIN_VALUE;
    private long handedOutMillis = Long.MIN_VALUE;
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

    /**
     * Takes what has become due, one request after the other. A stake that a label brings into play comes after the unit
     * that the label is in, and before those of later requests.
     */
    @FunctionalInterface
    public interface Sink {
        /** A unit: evidence for comparisons. */
        void unit(Unit unit);

        /** Every row after the unit of its request, whether it is in that or not: for what watches levels. */
        default void label(LabelledRow row) {}
    }

    /** For labels that take {@code maturityMillis} to come, fixed for the whole experiment; 0 takes them as they come. */
    public MaturedUnits(long maturityMillis) {
        this(maturityMillis, new WaitingRows(WaitingRows.MOST));
    }

    MaturedUnits(long maturityMillis, WaitingRows waiting) {
        Check.that(maturityMillis >= 0, "maturityMillis", maturityMillis, "a number from 0");
        this.maturityMillis = maturityMillis;
        this.waiting = waiting;
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
        turnMillis = Math.min(turnMillis, turn(atMillis));
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
        turnMillis = turn(atMillis);
        List<LabelledRow> due = new ArrayList<>();
        for (Optional<LabelledRow> row = waiting.next(turnMillis); row.isPresent(); row = waiting.next(turnMillis)) {
            due.add(row.get());
            handedOutMillis = row.get().timeMillis();
        }
        emit(due, sink);
    }

    /** Whose turn it is now; a prediction is never handed out after a later one. */
    private long turn(long atMillis) {
        return Math.max(handedOutMillis, onward(turnMillis, atMillis - maturityMillis));
    }

    /**
     * The later of two times of a ledger, of which {@code now} was written last: a ledger's clock only goes on, unless it
     * was set back by so much that it had been wrong before. One that was ahead once must not make all labels late
     * until time has come to where it was.
     */
    public static long onward(long before, long now) {
        return now + SET_BACK_MILLIS < before ? now : Math.max(before, now);
    }

    private void emit(List<LabelledRow> ordered, Sink sink) {
        Map<Request, Rows> requests = new LinkedHashMap<>();
        for (LabelledRow row : ordered) {
            requests.computeIfAbsent(Request.of(row), request -> new Rows()).add(row);
        }
        for (Rows rows : requests.values()) {
            if (isFirstToss(rows.all.get(0))) {
                units++;
                sink.unit(rows.unit());
            }
            rows.all.forEach(sink::label);
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
        private final List<LabelledRow> all = new ArrayList<>(1);
        private double sum;
        private double shadowSum;

        void add(LabelledRow row) {
            all.add(row);
            sum += row.score();
            shadowSum += row.shadowScore();
        }

        Unit unit() {
            LabelledRow first = all.get(0);
            return new Unit(first.assigned(), first.propensityNew(), sum / all.size(), shadowSum / all.size());
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

    /** Keys are as good as new, so that they do not grow without end: each can make one more unit. */
    public void forgetKeys() {
        seenKeys.clear();
    }

    /** Keys that no later request can make a unit of. */
    public int keys() {
        return seenKeys.size();
    }

    /** When the oldest row that waits for its turn will have it; empty when none waits. */
    public Optional<Long> dueMillis() {
        return waiting.first().map(row -> row.timeMillis() + maturityMillis);
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
     * What became of labels.
     *
     * @param received rows labelled
     * @param late rows labelled after their turn
     * @param dropped rows that were not taken, by lot, as too many waited
     * @param units made of the others
     */
    public record Tally(long received, long late, long dropped, long units) {
        public static final Tally NONE = new Tally(0, 0, 0, 0);

        /** Both together. */
        public Tally plus(Tally other) {
            return new Tally(
                    received + other.received, late + other.late, dropped + other.dropped, units + other.units);
        }
    }

    /** What it was given, and what became of that. */
    public Tally tally() {
        return new Tally(received, late, waiting.dropped(), units);
    }

    /**
     * All that changes in it.
     *
     * @param waiting rows that are not due yet, in the order in which they will be
     * @param halvings of the part of rows that is taken
     * @param dropped rows that were not taken
     * @param seenKeys in ascending order
     */
    public record Snapshot(
            long maturityMillis,
            List<LabelledRow> waiting,
            int halvings,
            long dropped,
            List<Long> seenKeys,
            long turnMillis,
            long handedOutMillis,
            long received,
            long late,
            long units) {}

    /** This collection as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(
                maturityMillis,
                waiting.sorted(),
                waiting.halvings(),
                waiting.dropped(),
                seenKeys.stream().sorted().toList(),
                turnMillis,
                handedOutMillis,
                received,
                late,
                units);
    }

    /** The collection of which a snapshot was taken. */
    public static MaturedUnits restored(Snapshot snapshot) {
        WaitingRows waiting =
                WaitingRows.restored(WaitingRows.MOST, snapshot.waiting(), snapshot.halvings(), snapshot.dropped());
        MaturedUnits units = new MaturedUnits(snapshot.maturityMillis(), waiting);
        units.seenKeys.addAll(snapshot.seenKeys());
        units.turnMillis = snapshot.turnMillis();
        units.handedOutMillis = snapshot.handedOutMillis();
        units.received = snapshot.received();
        units.late = snapshot.late();
        units.units = snapshot.units();
        return units;
    }
}
