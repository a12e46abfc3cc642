package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * Confidence sequence for the mean of numbers in [0, 1] that may lie anywhere between, such as confidences: narrow
 * where they vary little.
 *
 * <p>Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024, theorem 2:
 * predictable plug-in empirical Bernstein. With μ_t = (½ + Σx) / (t + 1), σ²_t = (¼ + Σ(x − μ)²) / (t + 1) and
 * λ_t = min(√(2 ln(2/α) / (σ²_{t−1} t ln(1 + t))), ½),
 *
 * <pre>Σ λ x / Σ λ  ±  (ln(2/α) + Σ (x − μ_{t−1})² (−ln(1 − λ) − λ)) / Σ λ</pre>
 *
 * <p>Proof: for λ from the past, exp(λ (x − E x) − (x − μ)² (−ln(1 − λ) − λ)) has mean at most 1 (Fan, Grama and Liu,
 * 2015), on either side; by Ville each side ever fails with probability at most α/2.
 */
public final class EmpiricalBernstein {
    private static final double MOST_BET = .5;

    private final double level;
    private long count;
    private double sum;
    private double squares;
    private double weights;
    private double weighted;
    private double width;

    /** Nothing seen; outside of its interval at any reading with probability at most {@code alpha}. */
    public EmpiricalBernstein(double alpha) {
        Check.that(alpha > 0 && alpha < 1, "alpha", alpha, "a number in (0, 1)");
        this.level = StrictMath.log(2 / alpha);
    }

    /** Learns from one number in [0, 1]. */
    public void add(double x) {
        Bounds.score(x);
        double mean = (.5 + sum) / (count + 1);
        double variance = (.25 + squares) / (count + 1);
        count++;
        double scale = variance * count * StrictMath.log1p((double) count);
        double bet = Math.min(Math.sqrt(2 * level / scale), MOST_BET);
        weights += bet;
        weighted += bet * x;
        width += (x - mean) * (x - mean) * (-StrictMath.log1p(-bet) - bet);
        sum += x;
        double deviation = x - (.5 + sum) / (count + 1);
        squares += deviation * deviation;
    }

    /** The middle of the interval before it is cut to [0, 1]; NaN before the first number. */
    public double center() {
        return count == 0 ? Double.NaN : weighted / weights;
    }

    /** Half the width of the interval before it is cut to [0, 1]; infinite before the first number. */
    public double halfWidth() {
        return count == 0 ? Double.POSITIVE_INFINITY : (level + width) / weights;
    }

    /** Where the mean lies. */
    public Interval interval() {
        return count == 0
                ? new Interval(0, 1)
                : new Interval(
                        Math.min(Math.max(center() - halfWidth(), 0), 1),
                        Math.max(Math.min(center() + halfWidth(), 1), 0));
    }
}
