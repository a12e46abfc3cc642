package io.abgate.registry.store;

import java.time.Instant;

/**
 * What an event says that it withdrew.
 *
 * @param from of the labels' arrival, included
 * @param to of the labels' arrival, excluded
 * @param source who gave them
 */
record Withdrawal(long seq, String model, Instant from, Instant to, String source) {
    /** Type of the event that covers withdrawn labels. */
    static final String EVENT_TYPE = "LABELS_VOIDED";

    /** Whether it withdrew a label, unless another had before. */
    boolean covers(LabelRow label) {
        return label.seq() < seq
                && label.model().equals(model)
                && label.source().equals(source)
                && label.arrivedAtMillis() >= from.toEpochMilli()
                && label.arrivedAtMillis() < to.toEpochMilli();
    }
}
