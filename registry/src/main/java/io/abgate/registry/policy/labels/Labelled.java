package io.abgate.registry.policy.labels;

import io.abgate.registry.domain.Check;

/**
 * A prediction that has got the label that counts.
 *
 * @param process that gave its id
 * @param version that the split assigned it to
 * @param predictedMillis the time in its id
 * @param atMillis when the label came, by the ledger
 * @param score of the assigned version, in [0, 1]
 * @param asked whether its label was asked for by lot
 */
public record Labelled(long process, int version, long predictedMillis, long atMillis, double score, boolean asked) {
    private static final double HALF = .5;

    public Labelled {
        Check.that(score >= 0 && score <= 1, "score", score, "a number in [0, 1]");
    }

    /** From prediction to label; no less than 0, as clocks of two machines differ. */
    long lagMillis() {
        return Math.max(0, atMillis - predictedMillis);
    }

    Maker maker() {
        return new Maker(process, version);
    }

    static boolean isRight(double score) {
        return score >= HALF;
    }
}
