package io.abgate.loadtest.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Two-sided critical values: the chance to be further from 0 is alpha. */
final class Critical {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Critical() {}

    /** Of the standard normal distribution. */
    static double normal(double alpha) {
        return NORMAL.inverseSurvivalProbability(alpha / 2);
    }

    /** Of Student's distribution. */
    static double student(double degrees, double alpha) {
        return TDistribution.of(degrees).inverseSurvivalProbability(alpha / 2);
    }
}
