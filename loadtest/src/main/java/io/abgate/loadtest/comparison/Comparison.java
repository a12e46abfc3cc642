package io.abgate.loadtest.comparison;

import io.abgate.loadtest.statistics.SampleRatio;
import io.abgate.loadtest.statistics.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Candidates beside a baseline.
 *
 * @param isReplay whether every version got the same rows; else the gateway chose who gets what
 * @param alpha chance that any verdict of the run is better or worse where there is no difference
 * @param alphaEach the same for one verdict
 * @param units that accuracies are compared over: rows in a replay, else requests
 * @param sampleRatio nothing when nobody said what the shares should be
 */
public record Comparison(
        String baseline,
        List<String> candidates,
        boolean isReplay,
        double alpha,
        double alphaEach,
        long units,
        List<MetricVerdict> verdicts,
        Optional<SampleRatio> sampleRatio) {
    public Comparison {
        candidates = List.copyOf(candidates);
        verdicts = List.copyOf(verdicts);
    }

    /** Whether some candidate has this verdict by some metric. */
    public boolean has(Verdict verdict) {
        return verdicts.stream().anyMatch(one -> one.verdict() == verdict);
    }

    /** Whether the versions got the shares that they were to get, as far as anybody knows. */
    public boolean isSound() {
        return sampleRatio.map(SampleRatio::isSound).orElse(true);
    }
}
