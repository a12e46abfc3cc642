package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.Figures;
import io.abgate.loadtest.statistics.Quantile;
import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Outcome;
import io.abgate.loadtest.traffic.Run;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a version did over time.
 *
 * @param version its name
 * @param latencies one for each stretch in which all but one in a hundred were answered
 * @param accuracies of everything so far, at the end of each stretch with a label
 */
record Timeline(String version, List<LatencyPoint> latencies, List<AccuracyPoint> accuracies) {
    private static final int MOST_POINTS = 60;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLI = 1e6;

    Timeline {
        latencies = List.copyOf(latencies);
        accuracies = List.copyOf(accuracies);
    }

    /** In milliseconds, of the requests sent around a second of the run. */
    record LatencyPoint(double second, double p50, double p99) {}

    /** Share of right answers up to a second of the run, and Robbins' interval, which holds at all of them at once. */
    record AccuracyPoint(double second, double accuracy, double lower, double upper) {}

    static List<Timeline> of(Run run, List<String> versions) {
        return versions.stream().map(version -> of(run, version)).toList();
    }

    private static Timeline of(Run run, String version) {
        Observations observations = run.observations();
        int index = observations.versions().indexOf(version);
        int points = Math.max(1, Math.min(MOST_POINTS, (int) run.seconds()));
        double length = run.seconds() / points;
        List<LatencyPoint> latencies = new ArrayList<>();
        List<AccuracyPoint> accuracies = new ArrayList<>();
        Counts counts = Counts.NONE;
        int from = 0;
        for (int point = 1; point <= points; point++) {
            int to = end(observations, from, point == points ? Double.MAX_VALUE : point * length);
            double[] sorted = latencies(observations, from, to, index);
            if (Double.isFinite(Quantile.nearestRank(sorted, 0.99))) {
                latencies.add(new LatencyPoint(
                        (point - 0.5) * length,
                        Quantile.nearestRank(sorted, 0.50),
                        Quantile.nearestRank(sorted, 0.99)));
            }
            Counts before = counts;
            counts = counted(counts, observations, from, to, index);
            if (counts.labels() > before.labels()) {
                Interval interval = counts.interval(Figures.ALPHA);
                accuracies.add(
                        new AccuracyPoint(point * length, counts.accuracy(), interval.lower(), interval.upper()));
            }
            from = to;
        }
        return new Timeline(version, latencies, accuracies);
    }

    private static int end(Observations observations, int from, double second) {
        int to = from;
        while (to < observations.size() && observations.intended(to) < second * NANOS_A_SECOND) {
            to++;
        }
        return to;
    }

    private static double[] latencies(Observations observations, int from, int to, int version) {
        double[] millis = new double[to - from];
        int count = 0;
        for (int place = from; place < to; place++) {
            Outcome outcome = observations.outcome(place);
            if (observations.version(place) == version && outcome != Outcome.FALLBACK) {
                millis[count++] =
                        outcome.hasLatency() ? observations.latency(place) / NANOS_A_MILLI : Double.POSITIVE_INFINITY;
            }
        }
        double[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static Counts counted(Counts counts, Observations observations, int from, int to, int version) {
        Counts all = counts;
        for (int place = from; place < to; place++) {
            boolean counting = observations.version(place) == version
                    && observations.outcome(place) != Outcome.FALLBACK
                    && observations.isJudged(place);
            all = counting ? all.plus(observations.isRight(place) ? 1 : 0) : all;
        }
        return all;
    }
}
