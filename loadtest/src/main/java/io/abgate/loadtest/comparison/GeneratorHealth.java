package io.abgate.loadtest.comparison;

import io.abgate.loadtest.statistics.Quantile;
import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Outcome;
import io.abgate.loadtest.traffic.Run;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether the load test itself kept up: how much later than intended requests were sent.
 *
 * @param lateP50Millis half of the requests were sent no later than this
 * @param lateP99Millis all but one in a hundred
 * @param overOneMilli share that was more than 1 ms late
 * @param overTenMillis share that was more than 10 ms late
 * @param missed arrivals that were not sent, as too many were in flight
 */
public record GeneratorHealth(
        double lateP50Millis, double lateP99Millis, double overOneMilli, double overTenMillis, long missed) {
    private static final double SATURATED = 0.01;
    private static final double LATE = 0.05;
    private static final double NANOS_A_MILLI = 1e6;

    public static GeneratorHealth of(Run run) {
        Observations observations = run.observations();
        double[] late = IntStream.range(0, observations.size())
                .mapToDouble(place -> observations.late(place) / NANOS_A_MILLI)
                .sorted()
                .toArray();
        long missed = IntStream.range(0, observations.size())
                .filter(place -> observations.outcome(place) == Outcome.MISSED)
                .count();
        return new GeneratorHealth(at(late, 0.50), at(late, 0.99), over(late, 1), over(late, 10), missed);
    }

    private static double at(double[] sorted, double p) {
        return sorted.length == 0 ? 0 : Quantile.nearestRank(sorted, p);
    }

    private static double over(double[] late, double millis) {
        return late.length == 0
                ? 0
                : Arrays.stream(late).filter(one -> one > millis).count() / (double) late.length;
    }

    /** More than one request in a hundred was sent more than 10 ms late: the figures are of the generator. */
    public boolean isSaturated() {
        return overTenMillis > SATURATED;
    }

    /** More than one request in twenty was sent more than 1 ms late: the latencies hold some of that. */
    public boolean isLate() {
        return overOneMilli > LATE;
    }
}
