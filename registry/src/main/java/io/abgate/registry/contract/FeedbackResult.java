package io.abgate.registry.contract;

import java.util.List;

/**
 * What became of a batch of labels, after they were committed.
 *
 * @param accepted first labels, which count
 * @param duplicate the same label again
 * @param corrected a different label for a labelled prediction: for reporting only
 * @param expired too old to count
 */
public record FeedbackResult(int accepted, int duplicate, int corrected, int expired, List<Rejected> rejected) {
    public FeedbackResult {
        rejected = List.copyOf(rejected);
    }

    /** An item of the application's list that was refused. */
    public record Rejected(int index, String reason) {}
}
