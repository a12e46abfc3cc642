package io.abgate.loadtest.comparison;

import io.abgate.loadtest.statistics.Latencies;
import io.abgate.loadtest.statistics.Scores;
import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Outcome;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The observations of one version, as statistics want them. */
record Sample(Observations observations, Stretches stretches, int version) {
    private static final double NANOS_A_MILLI = 1e6;

    /** Of a version by name; an empty sample when nothing was heard of it. */
    static Sample of(Observations observations, Stretches stretches, String version) {
        return new Sample(observations, stretches, observations.versions().indexOf(version));
    }

    private int[] places(IntPredicate counts) {
        return IntStream.range(0, observations.size())
                .filter(place -> version >= 0 && observations.version(place) == version)
                // who was to answer is not known to the client: a stand-in's figures belong to nobody
                .filter(place -> observations.outcome(place) != Outcome.FALLBACK)
                .filter(counts)
                .toArray();
    }

    /** Of all its requests, also of those that it never answered. */
    Latencies latencies() {
        return latencies(observations, stretches, places(place -> true));
    }

    /** Latencies of all requests, whoever answered. */
    static Latencies allLatencies(Observations observations, Stretches stretches) {
        int[] places = IntStream.range(0, observations.size()).toArray();
        return latencies(observations, stretches, places);
    }

    /** Requests that no version answers for: of each of them it is unknown how long the version that was meant took. */
    static Latencies unclaimed(Observations observations, Stretches stretches) {
        int[] places = IntStream.range(0, observations.size())
                .filter(observations::isUnclaimed)
                .toArray();
        double[] never = new double[places.length];
        Arrays.fill(never, Double.POSITIVE_INFINITY);
        return new Latencies(never, stretches(observations, stretches, places));
    }

    private static Latencies latencies(Observations observations, Stretches stretches, int[] places) {
        return new Latencies(
                IntStream.of(places)
                        .mapToDouble(place -> millis(observations, place))
                        .toArray(),
                stretches(observations, stretches, places));
    }

    /** Infinite where nobody was ever answered. */
    private static double millis(Observations observations, int place) {
        return observations.outcome(place).hasLatency()
                ? observations.latency(place) / NANOS_A_MILLI
                : Double.POSITIVE_INFINITY;
    }

    private static int[] stretches(Observations observations, Stretches stretches, int[] places) {
        return IntStream.of(places)
                .map(place -> stretches.of(observations.intended(place)))
                .toArray();
    }

    Scores scores() {
        int[] places = places(observations::isJudged);
        return new Scores(
                IntStream.of(places)
                        .mapToDouble(place -> observations.isRight(place) ? 1 : 0)
                        .toArray(),
                IntStream.of(places).map(observations::row).toArray(),
                IntStream.of(places).map(observations::key).toArray());
    }

    /** Routing keys that it answered; requests, where none was sent. */
    long keys() {
        return IntStream.of(places(place -> observations.outcome(place).isServed()))
                .map(observations::key)
                .distinct()
                .count();
    }

    /** Requests that were sent to it, whatever became of them. */
    long sent() {
        return places(place -> observations.outcome(place) != Outcome.MISSED).length;
    }
}
