package io.abgate.registry.policy.rollout;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Labelled rows that wait for their turn, in the order in which they will have it. Where more wait than memory is there
 * for, only a part of them is taken, drawn by the nonce: a lot that knows neither key, version nor outcome, and above all
 * not how long the label took, so that what is taken stands for all.
 */
final class WaitingRows {
    /** Some 20 MB of them; at 100 labels a second those of half an hour. */
    static final int MOST = 200_000;

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

    /** Where so few of the most wait, the next part twice as large will not be too many. */
    private static final int FEW = 8;

    private static final int MOST_HALVINGS = 32;

    private final int most;
    private final PriorityQueue<LabelledRow> rows = new PriorityQueue<>(ORDER);
    private int halvings;
    private long dropped;

    WaitingRows(int most) {
        this.most = most;
    }

    void add(LabelledRow row) {
        if (!isDrawn(row)) {
            dropped++;
            return;
        }
        rows.add(row);
        while (rows.size() > most && halvings < MOST_HALVINGS) {
            int before = rows.size();
            halvings++;
            rows.removeIf(waiting -> !isDrawn(waiting));
            dropped += before - rows.size();
        }
    }

    private boolean isDrawn(LabelledRow row) {
        return Lot.isDrawn(row.nonce(), row.timeMillis(), halvings);
    }

    /** The next one that has its turn by then. */
    Optional<LabelledRow> next(long turnMillis) {
        LabelledRow row = rows.peek();
        if (row == null || row.timeMillis() > turnMillis) {
            return Optional.empty();
        }
        rows.remove();
        if (halvings > 0 && rows.size() < most / FEW) {
            halvings--;
        }
        return Optional.of(row);
    }

    Optional<LabelledRow> first() {
        return Optional.ofNullable(rows.peek());
    }

    int size() {
        return rows.size();
    }

    /** Rows that were not taken. */
    long dropped() {
        return dropped;
    }

    /** How often the part that is taken was halved. */
    int halvings() {
        return halvings;
    }

    /** In the order in which they have their turn. */
    List<LabelledRow> sorted() {
        return rows.stream().sorted(ORDER).toList();
    }

    static WaitingRows restored(int most, List<LabelledRow> rows, int halvings, long dropped) {
        WaitingRows waiting = new WaitingRows(most);
        waiting.rows.addAll(rows);
        waiting.halvings = halvings;
        waiting.dropped = dropped;
        return waiting;
    }
}
