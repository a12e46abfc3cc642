package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/** A closed range that is meant to hold an unknown mean. */
public record Interval(double lower, double upper) {
    public Interval {
        Check.that(lower <= upper, "interval", lower + " to " + upper, "lower ≤ upper");
    }

    /** Whether {@code value} lies in the range, its ends included. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
