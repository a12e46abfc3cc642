package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/** Refusals on the path of every label, where a number is boxed only once it is refused. */
final class Bounds {
    /** By how much propensities may miss a sum of 1 in floating point. */
    private static final double ROUNDING = 1e-9;

    private Bounds() {}

    static void score(double score) {
        if (!(score >= 0 && score <= 1)) {
            throw refusal("score", score, "a number in [0, 1]");
        }
    }

    static void propensity(double propensityNew) {
        if (!(propensityNew > 0 && propensityNew < 1)) {
            throw refusal("propensityNew", propensityNew, "a number in (0, 1)");
        }
    }

    static void factor(double factor) {
        if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
            throw refusal("factor", factor, "a finite number from 0");
        }
    }

    static void margin(double margin) {
        if (!(margin >= 0 && margin < 1)) {
            throw refusal("margin", margin, "a number in [0, 1)");
        }
    }

    static void assignment(int arm, double[] propensities, int arms) {
        if (arm < 0 || arm >= arms) {
            throw refusal("arm", arm, "0 to " + (arms - 1));
        }
        if (propensities.length != arms) {
            throw refusal("propensities", propensities.length, arms + " of them");
        }
        double sum = 0;
        for (double propensity : propensities) {
            sum += propensity >= 0 ? propensity : Double.NaN;
        }
        if (!(Math.abs(sum - 1) < ROUNDING)) {
            throw refusal("sum of the propensities", sum, "1, and none negative");
        }
        if (!(propensities[arm] > 0)) {
            throw refusal("propensity", propensities[arm], "a positive number");
        }
    }

    private static IllegalArgumentException refusal(String name, double value, String expected) {
        return new IllegalArgumentException(Check.message(name, value, expected));
    }
}
