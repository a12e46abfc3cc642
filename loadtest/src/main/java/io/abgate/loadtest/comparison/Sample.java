package io.abgate.loadtest.comparison;

import io.abgate.loadtest.statistics.Latencies;
import io.abgate.loadtest.statistics.Scores;
import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Outcome;
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

    Latencies latencies() {
        return latencies(observations, stretches, places(place -> observations
                .outcome(place)
                .hasLatency()));
    }

    /** Latencies of all requests, whoever answered. */
    static Latencies allLatencies(Observations observations, Stretches stretches) {
        int[] places = IntStream.range(0, observations.size())
                .filter(place -> observations.outcome(place).hasLatency())
                .toArray();
        return latencies(observations, stretches, places);
    }

    private static Latencies latencies(Observations observations, Stretches stretches, int[] places) {
        return new Latencies(
                IntStream.of(places)
                        .mapToDouble(place -> observations.latency(place) / NANOS_A_MILLI)
                        .toArray(),
                IntStream.of(places)
                        .map(place -> stretches.of(observations.intended(place)))
                        .toArray());
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
