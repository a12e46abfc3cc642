package io.abgate.loadtest.comparison;

import io.abgate.loadtest.statistics.Difference;
import io.abgate.loadtest.statistics.Latencies;
import io.abgate.loadtest.statistics.SampleRatio;
import io.abgate.loadtest.statistics.Scores;
import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Compares versions by what a finished run observed.
 *
 * <p>The length of a run is fixed before it begins and nobody looks before it ends, so intervals hold for one look. Alpha
 * is shared out evenly among all verdicts (Bonferroni).
 *
 * @param versions the first is the baseline
 * @param shares that the gateway gives them, to one another; empty when nobody knows
 */
public record Comparer(List<String> versions, boolean isReplay, Margins margins, double alpha, List<Double> shares) {
    public Comparer {
        versions = List.copyOf(versions);
        shares = List.copyOf(shares);
    }

    /**
     * The verdicts of a run.
     *
     * @param figures of each version, in the order of the versions
     */
    public Comparison compare(Run run, List<Figures> figures) {
        Stretches stretches = new Stretches(run.seconds());
        List<String> candidates = versions.subList(1, versions.size());
        double alphaEach = alpha / (metrics().size() * candidates.size());
        List<MetricVerdict> verdicts = new ArrayList<>();
        long units = Long.MAX_VALUE;
        for (Figures candidate : figures.subList(1, figures.size())) {
            Pair pair = new Pair(run, stretches, figures.get(0), candidate, alphaEach);
            metrics().forEach(metric -> verdicts.add(pair.verdict(metric)));
            units = Math.min(units, pair.units());
        }
        return new Comparison(
                versions.get(0), candidates, isReplay, alpha, alphaEach, units, verdicts, sampleRatio(run, stretches));
    }

    // where the gateway chooses, a request that failed tells nobody whom it went to
    private List<Metric> metrics() {
        return isReplay ? List.of(Metric.values()) : List.of(Metric.P50, Metric.P95, Metric.P99, Metric.ACCURACY);
    }

    // who fails in a replay got its share all the same; in a split only an answer tells whom a request went to
    private Optional<SampleRatio> sampleRatio(Run run, Stretches stretches) {
        List<Double> expected = isReplay ? versions.stream().map(version -> 1.0).toList() : shares;
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        List<Long> counted = versions.stream()
                .map(version -> Sample.of(run.observations(), stretches, version))
                .map(sample -> isReplay ? sample.sent() : sample.keys())
                .toList();
        return Optional.of(SampleRatio.of(counted, expected));
    }

    /** A candidate beside the baseline. */
    private final class Pair {
        private final Observations observations;
        private final Stretches stretches;
        private final Figures figuresBefore;
        private final Figures figuresAfter;
        private final String candidate;
        private final double alphaEach;
        private final Latencies before;
        private final Latencies after;
        private final Latencies unclaimed;
        private final Scores scoresBefore;
        private final Scores scoresAfter;
        private final Pairs judged;

        private Pair(Run run, Stretches stretches, Figures baseline, Figures candidate, double alphaEach) {
            this.observations = run.observations();
            Sample first = Sample.of(observations, stretches, baseline.name());
            Sample second = Sample.of(observations, stretches, candidate.name());
            this.stretches = stretches;
            this.figuresBefore = baseline;
            this.figuresAfter = candidate;
            this.candidate = candidate.name();
            this.alphaEach = alphaEach;
            this.before = first.latencies();
            this.after = second.latencies();
            this.unclaimed = Sample.unclaimed(observations, stretches);
            this.scoresBefore = first.scores();
            this.scoresAfter = second.scores();
            this.judged = pairs(observations::isJudged);
        }

        private MetricVerdict verdict(Metric metric) {
            return switch (metric) {
                case P50, P95, P99 -> latency(metric);
                case ACCURACY -> accuracy();
                case ERRORS -> errors();
            };
        }

        private MetricVerdict latency(Metric metric) {
            double p = metric.quantile();
            Difference difference = Difference.ofQuantiles(before, after, unclaimed, p, alphaEach);
            return MetricVerdict.of(metric, candidate, before.quantile(p), after.quantile(p), difference, margins);
        }

        private MetricVerdict accuracy() {
            return isReplay ? accuracyOfRows() : accuracyOfRequests();
        }

        // a row that was sent more often than others does not count for more
        private MetricVerdict accuracyOfRows() {
            double[] one = judged.rightByRow(false);
            double[] two = judged.rightByRow(true);
            double[] differences = IntStream.range(0, one.length)
                    .mapToDouble(row -> two[row] - one[row])
                    .toArray();
            int[] units = IntStream.range(0, differences.length).toArray();
            return MetricVerdict.of(
                    Metric.ACCURACY,
                    candidate,
                    Arrays.stream(one).average().orElse(Double.NaN),
                    Arrays.stream(two).average().orElse(Double.NaN),
                    Difference.ofPairs(differences, units, alphaEach),
                    margins);
        }

        private MetricVerdict accuracyOfRequests() {
            Difference difference = Difference.ofGroups(scoresBefore, scoresAfter, alphaEach);
            return MetricVerdict.of(
                    Metric.ACCURACY, candidate, scoresBefore.mean(), scoresAfter.mean(), difference, margins);
        }

        private MetricVerdict errors() {
            Pairs ended = pairs(place -> Pairs.hasEnded(observations.outcome(place)));
            double[] failures = ended.failures();
            Difference difference = Difference.ofPairs(failures, ended.stretches(stretches), alphaEach);
            return MetricVerdict.of(
                    Metric.ERRORS, candidate, figuresBefore.errors(), figuresAfter.errors(), difference, margins);
        }

        private Pairs pairs(IntPredicate counts) {
            return Pairs.of(observations, figuresBefore.name(), candidate, counts);
        }

        private long units() {
            return isReplay ? judged.rightByRow(true).length : scoresBefore.count() + scoresAfter.count();
        }
    }
}
