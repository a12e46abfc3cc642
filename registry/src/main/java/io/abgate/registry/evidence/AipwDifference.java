package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * How much better the new version is than the control, with an interval that may be read at any time: an asymptotic
 * confidence sequence, to be shown and never to act on.
 *
 * <p>Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences", Annals of Statistics 2024, arXiv:2103.06476. Each unit gives, with θ = (S + 1) / (n + 2) from the past,
 *
 * <pre>ψ = θ_new − θ_control + (y − θ_new) / π           for a unit of the new version
 * ψ = θ_new − θ_control − (y − θ_control) / (1 − π)   for one of the control</pre>
 *
 * <p>and after t units of mean m and variance v the interval is m ± √v √(2 (t r + 1) / (t² r) ln(√(t r + 1) / α)), with
 * r = (−2 ln α + ln(−2 ln α + 1)) / t₀, narrowest near t₀ = 1,000.
 *
 * <p>Proof: by the known propensity E[ψ | past] is the true difference whatever θ is, so m is unbiased under adaptive
 * shares too, where a raw mean is not (Hadad et al., PNAS 118, 2021). ψ − difference, summed, is coupled to a Brownian
 * motion of the same variance, and the formula is Robbins' normal-mixture boundary for that. The coupling needs units
 * of both sides: with fewer than 100 of either the interval is all of [−1, 1].
 */
public final class AipwDifference {
    private static final double NARROWEST_AT = 1_000;
    private static final long LEAST_UNITS = 100;

    private double newSum;
    private long newUnits;
    private double controlSum;
    private long controlUnits;
    private double mean;
    private double squares;

    /**
     * Learns from one unit.
     *
     * @param toNew whether it was assigned to the new version
     * @param propensityNew the probability of that, in (0, 1)
     * @param score of the unit, in [0, 1]
     */
    public void unit(boolean toNew, double propensityNew, double score) {
        Bounds.propensity(propensityNew);
        Bounds.score(score);
        double thetaNew = (newSum + 1) / (newUnits + 2);
        double thetaControl = (controlSum + 1) / (controlUnits + 2);
        double residual = toNew ? (score - thetaNew) / propensityNew : (thetaControl - score) / (1 - propensityNew);
        learn(toNew, score);
        double deviation = thetaNew - thetaControl + residual - mean;
        mean += deviation / units();
        squares += deviation * (thetaNew - thetaControl + residual - mean);
    }

    /** Units seen. */
    public long units() {
        return newUnits + controlUnits;
    }

    /** Estimate of the difference, NaN before the first unit. */
    public double estimate() {
        return units() == 0 ? Double.NaN : mean;
    }

    /** Variance of one unit's ψ, NaN before the first unit. */
    public double variance() {
        return units() == 0 ? Double.NaN : squares / units();
    }

    /** Where the difference lies, at every reading at once, but for a chance of about {@code alpha}. */
    public Interval interval(double alpha) {
        Check.that(alpha > 0 && alpha < 1, "alpha", alpha, "a number in (0, 1)");
        if (Math.min(newUnits, controlUnits) < LEAST_UNITS) {
            return new Interval(-1, 1);
        }
        double halfWidth = halfWidth(variance(), units(), alpha);
        return new Interval(clipped(mean - halfWidth), clipped(mean + halfWidth));
    }

    /** Half the width of the interval after {@code units} of this variance. */
    static double halfWidth(double variance, long units, double alpha) {
        double level = -2 * StrictMath.log(alpha);
        double scaled = units * (level + StrictMath.log(level + 1)) / NARROWEST_AT;
        double logarithm = StrictMath.log(Math.sqrt(scaled + 1) / alpha);
        return Math.sqrt(variance) * Math.sqrt(2 * (scaled + 1) / (units * scaled) * logarithm);
    }

    /** All that changes in it. */
    public record Snapshot(
            double newSum, long newUnits, double controlSum, long controlUnits, double mean, double squares) {}

    /** This sequence as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(newSum, newUnits, controlSum, controlUnits, mean, squares);
    }

    /** The sequence of which a snapshot was taken. */
    public static AipwDifference restored(Snapshot snapshot) {
        AipwDifference difference = new AipwDifference();
        difference.newSum = snapshot.newSum;
        difference.newUnits = snapshot.newUnits;
        difference.controlSum = snapshot.controlSum;
        difference.controlUnits = snapshot.controlUnits;
        difference.mean = snapshot.mean;
        difference.squares = snapshot.squares;
        return difference;
    }

    private void learn(boolean toNew, double score) {
        if (toNew) {
            newSum += score;
            newUnits++;
        } else {
            controlSum += score;
            controlUnits++;
        }
    }

    private static double clipped(double difference) {
        return Math.min(Math.max(difference, -1), 1);
    }
}
