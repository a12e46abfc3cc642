package io.abgate.registry.domain;

import io.abgate.registry.domain.Restraint.Approval;

/**
 * What operators hold of decisions about versions.
 *
 * @param mode whether verdicts are carried out
 * @param approval whether a promotion waits for an operator; a rollback never does
 * @param decisions what takes a version back for its live accuracy
 * @param threshold the figures of the threshold rule
 */
public record Oversight(Mode mode, Approval approval, Deciding decisions, Threshold threshold) {
    /** As in a model's file that says nothing of it. */
    public static final Oversight DEFAULT =
            new Oversight(Mode.ACT, Approval.AUTOMATIC, Deciding.SEQUENTIAL, Threshold.DEFAULT);

    /** What becomes of a verdict. */
    public enum Mode {
        /** It is carried out. */
        ACT,
        /** It is told, and nothing moves. */
        DRY_RUN
    }

    /** What takes a version back for its live accuracy. */
    public enum Deciding {
        /** Sequential evidence, with a stated chance of a false rollback. */
        SEQUENTIAL,
        /** Windows of labels, with none. */
        THRESHOLD,
        /** Either. */
        BOTH;

        /** Whether the sequential evidence takes versions back. */
        public boolean bySequentialEvidence() {
            return this != THRESHOLD;
        }

        /** Whether the windows do, and may stand in the way of a promotion. */
        public boolean byThreshold() {
            return this != SEQUENTIAL;
        }
    }

    /**
     * The threshold rule.
     *
     * @param drop a version that is so much less accurate, in points of 1, is taken back
     * @param labels newest ones over which that is seen
     */
    public record Threshold(double drop, int labels) {
        /** As in a model's file that says nothing of it. */
        public static final Threshold DEFAULT = new Threshold(0.10, 100);

        private static final int MOST_LABELS = 10_000;

        public Threshold {
            Check.that(drop > 0 && drop <= 1, "rollout.threshold.drop", drop, "a number in (0, 1]");
            Check.that(
                    labels > 0 && labels <= MOST_LABELS,
                    "rollout.threshold.labels",
                    labels,
                    "a number from 1 to " + MOST_LABELS);
        }
    }
}
