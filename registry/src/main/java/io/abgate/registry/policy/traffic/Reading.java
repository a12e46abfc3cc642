package io.abgate.registry.policy.traffic;

/**
 * An e-value beside what it has to reach.
 *
 * @param eValue now
 * @param peak the highest so far
 */
public record Reading(double eValue, double peak, double threshold) {
    /** Whether it has ever been reached. */
    public boolean isReached() {
        return peak >= threshold;
    }

    /** The highest so far, as a part of what has to be reached. */
    public double part() {
        return peak / threshold;
    }
}
