package io.abgate.loadtest.traffic;

/**
 * What became of the truths that were reported.
 *
 * @param failed gave no answer, or none that says what became of them, three times
 * @param dropped were not due yet when the run was stopped
 */
public record FeedbackCounts(
        long sent,
        long accepted,
        long duplicate,
        long corrected,
        long expired,
        long rejected,
        long failed,
        long dropped) {
    public static final FeedbackCounts NONE = new FeedbackCounts(0, 0, 0, 0, 0, 0, 0, 0);
}
