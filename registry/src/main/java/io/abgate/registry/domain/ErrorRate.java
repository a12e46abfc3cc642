package io.abgate.registry.domain;

import java.math.BigDecimal;

/**
 * Errors over attempts, in whole counts.
 *
 * @param errors of the attempts
 * @param attempts answered or not; what was refused for its input is none
 */
public record ErrorRate(long errors, long attempts) {
    public static final ErrorRate NONE = new ErrorRate(0, 0);

    public ErrorRate {
        Check.that(errors >= 0 && errors <= attempts, "errors", errors, "0 to " + attempts);
    }

    /** These and those. */
    public ErrorRate plus(ErrorRate other) {
        return new ErrorRate(errors + other.errors, attempts + other.attempts);
    }

    /**
     * Whether it is at a limit or above, decided without rounding: 1 of 20 is at 0.05.
     *
     * @param limit in [0, 1]; 0 is off, and so is never reached
     */
    public boolean reaches(double limit) {
        BigDecimal allowed = BigDecimal.valueOf(limit).multiply(BigDecimal.valueOf(attempts));
        return limit > 0 && attempts > 0 && BigDecimal.valueOf(errors).compareTo(allowed) >= 0;
    }

    /** As a number in [0, 1], rounded; 0 without attempts. */
    public double value() {
        return attempts == 0 ? 0 : (double) errors / attempts;
    }
}
