package io.abgate.loadtest.comparison;

import io.abgate.loadtest.statistics.Difference;
import io.abgate.loadtest.statistics.Verdict;

/**
 * How a candidate does by one metric.
 *
 * @param baselineValue in milliseconds, or a share; NaN when nothing was measured
 * @param candidateValue likewise
 * @param margin the smallest difference that matters
 */
public record MetricVerdict(
        Metric metric,
        String candidate,
        double baselineValue,
        double candidateValue,
        Difference difference,
        double margin,
        Verdict verdict) {

    static MetricVerdict of(
            Metric metric, String candidate, double baseline, double value, Difference difference, Margins margins) {
        double margin = margins.of(metric, baseline);
        Verdict verdict = Verdict.of(difference, margin, metric.moreIsBetter());
        return new MetricVerdict(metric, candidate, baseline, value, difference, margin, verdict);
    }
}
