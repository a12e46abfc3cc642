package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * Robbins' confidence sequence for a mean score: an interval that may be read after every label.
 *
 * <p>Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals
 * of Statistics 49(2), 2021, with the uniform mixture Beta(1, 1). After n scores of sum S the interval is every p with
 *
 * <pre>ln B(S + 1, n − S + 1) − S ln p − (n − S) ln(1 − p) &lt; ln(1 / α)</pre>
 *
 * <p>Proof: for a fixed θ the product of (θ/p)^y ((1−θ)/(1−p))^(1−y) is convex in each y, hence at most
 * y θ/p + (1−y)(1−θ)/(1−p), whose mean is 1 at the true p. So the product, and its mixture over θ, which is the
 * exponential of the left side, is a non-negative supermartingale from 1, and by Ville it ever reaches 1/α with
 * probability at most α. It holds under adaptive routing, provided that the mean given the past stays p.
 */
public final class RobbinsInterval {
    /** Enough halvings of [0, 1] to end between two neighbouring numbers. */
    private static final int HALVINGS = 60;

    private final double successes;
    private final double failures;
    private final double level;

    private RobbinsInterval(double successes, double failures, double alpha) {
        this.successes = successes;
        this.failures = failures;
        this.level = -StrictMath.log(alpha) - LogBeta.of(successes + 1, failures + 1);
    }

    /**
     * Interval for the mean of the scores seen.
     *
     * @param successes sum of the scores, from 0 to {@code trials}
     * @param alpha probability in (0, 1) that the mean is ever outside, over all readings together
     */
    public static Interval of(double successes, long trials, double alpha) {
        Check.that(trials >= 0, "trials", trials, "a number from 0");
        Check.that(successes >= 0 && successes <= trials, "successes", successes, "0 to " + trials);
        Check.that(alpha > 0 && alpha < 1, "alpha", alpha, "a number in (0, 1)");
        return trials == 0 ? new Interval(0, 1) : new RobbinsInterval(successes, trials - successes, alpha).interval();
    }

    /**
     * Interval for how much better the new version is than the control: what their two intervals, at half the error
     * each, leave open. Wide, but exact where both means given the past stay as they are.
     */
    public static Interval ofDifference(Counts ofNew, Counts ofControl, double alpha) {
        Interval fresh = ofNew.interval(alpha / 2);
        Interval control = ofControl.interval(alpha / 2);
        return new Interval(fresh.lower() - control.upper(), fresh.upper() - control.lower());
    }

    private Interval interval() {
        double mean = successes / (successes + failures);
        double lower = successes == 0 ? 0 : edge(mean, 0);
        double upper = failures == 0 ? 1 : edge(mean, 1);
        return new Interval(lower, upper);
    }

    /** The boundary between {@code inside} and {@code outside}: the left side is convex in p and least at the mean. */
    private double edge(double inside, double outside) {
        double in = inside;
        double out = outside;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (in + out) / 2;
            if (excludes(middle)) {
                out = middle;
            } else {
                in = middle;
            }
        }
        return out;
    }

    private boolean excludes(double p) {
        return -successes * StrictMath.log(p) - failures * StrictMath.log1p(-p) >= level;
    }
}
