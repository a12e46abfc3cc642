package io.abgate.registry;

import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Unusable;
import io.abgate.registry.store.SampleRow.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rolling buffer holds.
 *
 * @param size labelled rows
 * @param usable rows from which something can be learnt
 * @param heldOut usable rows that are judged on and never trained on
 * @param origins where rows come from
 * @param unusable how many rows, by reason
 * @param refused the newest unusable rows, a few
 * @param duplicates usable rows whose input and truth an earlier one has
 * @param conflicts inputs of usable rows that have several truths
 * @param oldest when the input of the row that goes next was stored; absent in an empty buffer
 * @param newest when that of the row that came last was
 */
record BufferFigures(
        int size,
        int usable,
        int heldOut,
        Map<Origin, Count> origins,
        Map<Unusable, Integer> unusable,
        List<Refused> refused,
        int duplicates,
        int conflicts,
        @Nullable Instant oldest,
        @Nullable Instant newest) {
    /** Rows of one origin. */
    record Count(int rows, int usable) {
        static final Count NONE = new Count(0, 0);

        Count with(boolean isUsable) {
            return new Count(rows + 1, usable + (isUsable ? 1 : 0));
        }
    }

    /** A row from which nothing can be learnt. */
    record Refused(long seq, Origin origin, Example row, Unusable reason) {}

    /** Rows that a retraining would be trained on. */
    int trainable() {
        return usable - heldOut;
    }

    /** What an automatic training has too few of, in words; null when it has enough. */
    @Nullable
    String tooFew(int minimum) {
        String apart = heldOut == 0 ? "" : ", " + heldOut + " more held out";
        return trainable() >= minimum
                ? null
                : trainable() + " usable of " + size + " rows" + apart + " (expected: at least " + minimum + ")";
    }
}
