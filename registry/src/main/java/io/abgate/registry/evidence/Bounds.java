package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/** Refusals on the path of every label, where a number is boxed only once it is refused. */
final class Bounds {
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

    private static IllegalArgumentException refusal(String name, double value, String expected) {
        return new IllegalArgumentException(Check.message(name, value, expected));
    }
}
