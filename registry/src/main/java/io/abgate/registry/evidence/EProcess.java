package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * Product of e-factors: a non-negative process from 1 whose mean never rises while its null hypothesis is true.
 *
 * <p>By Ville (Étude critique de la notion de collectif, 1939) it ever reaches 1/α with probability at most α, so it may
 * be looked at after every unit, and 1 over its highest value so far is a p-value at every moment (Shafer, Shen,
 * Vereshchagin and Vovk, "Test martingales, Bayes factors and p-values", Statistical Science 26, 2011).
 *
 * <p>The product is kept as a number times a power of two, so that it needs no logarithm per unit, loses nothing but the
 * rounding of one multiplication, and cannot overflow.
 */
public final class EProcess {
    private static final double LN_2 = 0.6931471805599453;

    private double value = 1;
    private int exponent;
    private double peak = 1;

    /** Counts one unit, by its e-factor. */
    public void multiply(double factor) {
        Bounds.factor(factor);
        value *= factor;
        if (value > 0) {
            int shift = Math.getExponent(value) + 1;
            value = Math.scalb(value, -shift);
            exponent += shift;
        }
        peak = Math.max(peak, e());
    }

    /** The e-value now, at most {@link Double#MAX_VALUE}. */
    public double e() {
        return Math.min(Math.scalb(value, exponent), Double.MAX_VALUE);
    }

    /** Natural logarithm of the e-value now, in the whole range. */
    public double logE() {
        return StrictMath.log(value) + exponent * LN_2;
    }

    /** The highest e-value so far. */
    public double peak() {
        return peak;
    }

    /** p-value that holds whenever it is read: 1 over the highest e-value so far. */
    public double pValue() {
        return 1 / peak;
    }

    /** Whether it has ever reached 1/α: its null hypothesis is rejected at level {@code alpha}. */
    public boolean rejects(double alpha) {
        return peak >= 1 / alpha;
    }

    /**
     * All that changes in it: the e-value is {@code value · 2^exponent}.
     *
     * @param value from 0 to 1
     * @param peak the highest so far
     */
    public record Snapshot(double value, int exponent, double peak) {
        public Snapshot {
            Check.that(value >= 0 && value <= 1, "value", value, "0 to 1");
            Check.that(peak >= 1, "peak", peak, "a number from 1");
        }
    }

    /** This process as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(value, exponent, peak);
    }

    /** The process of which a snapshot was taken. */
    public static EProcess restored(Snapshot snapshot) {
        EProcess process = new EProcess();
        process.value = snapshot.value;
        process.exponent = snapshot.exponent;
        process.peak = snapshot.peak;
        return process;
    }
}
