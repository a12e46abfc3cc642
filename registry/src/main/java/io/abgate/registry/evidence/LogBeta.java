package io.abgate.registry.evidence;

/**
 * ln B(a, b), to the same last bit on every platform.
 *
 * <p>Stirling's series for ln Γ (Abramowitz and Stegun 6.1.41), the large terms of the three gammas cancelled by hand.
 * The usual libraries call {@code Math.log}, whose last bit a processor may choose; a receipt must replay exactly.
 */
final class LogBeta {
    private static final double HALF_LN_TWO_PI = 0.9189385332046728;
    /** From here on the series below is good to 1e-17. */
    private static final double SERIES_FROM = 16;

    private LogBeta() {}

    /** ln B(a, b) for a, b ≥ 1. */
    static double of(double a, double b) {
        double shift = 0;
        double x = a;
        double y = b;
        // B(x, y) = B(x + 1, y) (x + y) / x
        for (; x < SERIES_FROM; x++) {
            shift += StrictMath.log((x + y) / x);
        }
        for (; y < SERIES_FROM; y++) {
            shift += StrictMath.log((x + y) / y);
        }
        return shift + large(x, y);
    }

    /** The sum of Stirling's terms, with logarithms of 1 + ratio, which are exact for unequal x and y too. */
    private static double large(double x, double y) {
        double corrections = HALF_LN_TWO_PI + correction(x) + correction(y) - correction(x + y);
        return corrections
                - (x - 0.5) * StrictMath.log1p(y / x)
                - (y - 0.5) * StrictMath.log1p(x / y)
                - 0.5 * StrictMath.log(x + y);
    }

    /** ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π). */
    private static double correction(double x) {
        double inverse = 1 / x;
        double square = inverse * inverse;
        double series = 1.0 / 1188 - square * (691.0 / 360360 - square / 156);
        series = 1.0 / 1260 - square * (1.0 / 1680 - square * series);
        return inverse * (1.0 / 12 - square * (1.0 / 360 - square * series));
    }
}
