package io.abgate.registry.domain;

import java.util.Arrays;

/**
 * How one version did on a set of labelled rows.
 *
 * @param evaluation whole counts; every row is one attempt
 * @param errors rows that were not answered: refused, failed, or answered with what is no number
 * @param confidence mean probability of the predicted label over the rows that were answered; NaN when none was
 * @param brier mean over those rows of the squared distance between probabilities and truth, 0 to 2 (Brier,
 *     "Verification of forecasts expressed in terms of probability", 1950)
 * @param calibrationError expected calibration error: mean distance between confidence and accuracy in ten equally wide
 *     bins of confidence, weighted by their rows (Guo et al., "On calibration of modern neural networks", 2017)
 * @param latency of the rows that were answered
 */
public record Measurement(
        Evaluation evaluation, int errors, double confidence, double brier, double calibrationError, Latency latency) {
    public Measurement {
        Check.that(
                errors >= 0 && errors <= evaluation.score().rows(),
                "errors",
                errors,
                "0 to " + evaluation.score().rows());
    }

    /** Seconds that one row took; NaN when none was answered. */
    public record Latency(double mean, double p50, double p95, double p99, double max) {
        private static final double NANOS_PER_SECOND = 1e9;

        /** Of times in nanoseconds, in any order; a percentile is the smallest within which such a part was answered. */
        public static Latency ofNanos(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            double mean = Arrays.stream(sorted).average().orElse(Double.NaN) / NANOS_PER_SECOND;
            return new Latency(mean, at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
        }

        private static double at(long[] sorted, double part) {
            if (sorted.length == 0) {
                return Double.NaN;
            }
            int rank = (int) Math.ceil(part * sorted.length);
            return sorted[Math.max(1, rank) - 1] / NANOS_PER_SECOND;
        }
    }

    /** Rows that were tried. */
    public int attempts() {
        return evaluation.score().rows();
    }

    /** Right answers among all rows. */
    public Score score() {
        return evaluation.score();
    }
}
