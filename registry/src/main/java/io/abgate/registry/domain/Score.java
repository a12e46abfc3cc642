package io.abgate.registry.domain;

/**
 * Whole counts of an evaluation.
 *
 * @param right rows answered right
 * @param rows rows evaluated
 */
public record Score(int right, int rows) {
    public Score {
        Check.that(right >= 0 && right <= rows, "right", right, "0 to " + rows);
    }

    /** Share of right answers, NaN when there are no rows. */
    public double accuracy() {
        return rows == 0 ? Double.NaN : (double) right / rows;
    }
}
