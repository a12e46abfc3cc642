package io.abgate.registry.policy;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Score;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * By how much something fell, as an exact fraction: what fell by just a limit has not fallen by more, whatever a
 * difference of doubles says of it. Below zero it rose.
 */
public final class Fall {
    /** Digits that are shown; what is decided needs no division. */
    private static final MathContext SHOWN = new MathContext(17, RoundingMode.HALF_EVEN);

    private final BigDecimal numerator;
    private final BigDecimal denominator;

    private Fall(BigDecimal numerator, BigDecimal denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** The fall from one accuracy to another, in whole counts, which may be of different sets of rows. */
    public static Fall between(Score before, Score now) {
        Check.that(before.rows() > 0 && now.rows() > 0, "rows", Math.min(before.rows(), now.rows()), "a number from 1");
        BigDecimal rowsBefore = BigDecimal.valueOf(before.rows());
        BigDecimal rowsNow = BigDecimal.valueOf(now.rows());
        BigDecimal fall = BigDecimal.valueOf(before.right())
                .multiply(rowsNow)
                .subtract(BigDecimal.valueOf(now.right()).multiply(rowsBefore));
        return new Fall(fall, rowsBefore.multiply(rowsNow));
    }

    /** The fall of a sum of scores over so many labels. */
    static Fall ofSums(double before, double now, int labels) {
        return new Fall(BigDecimal.valueOf(before).subtract(BigDecimal.valueOf(now)), BigDecimal.valueOf(labels));
    }

    /** The fall from one finite number to another, both as they are printed. */
    public static Fall between(double before, double now) {
        return new Fall(BigDecimal.valueOf(before).subtract(BigDecimal.valueOf(now)), BigDecimal.ONE);
    }

    /** Whether it is more than a limit. */
    public boolean exceeds(double limit) {
        return numerator.compareTo(BigDecimal.valueOf(limit).multiply(denominator)) > 0;
    }

    /** Whether it is a limit or more. */
    boolean reaches(double limit) {
        return numerator.compareTo(BigDecimal.valueOf(limit).multiply(denominator)) >= 0;
    }

    /** Whether it is more than a part of {@code before}. */
    boolean exceedsPart(double part, double before) {
        BigDecimal allowed = BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(before));
        return numerator.compareTo(allowed.multiply(denominator)) > 0;
    }

    /** The same the other way round: by how much it rose. */
    public Fall negated() {
        return new Fall(numerator.negate(), denominator);
    }

    /** How much, rounded. */
    public double amount() {
        return numerator.divide(denominator, SHOWN).doubleValue();
    }
}
