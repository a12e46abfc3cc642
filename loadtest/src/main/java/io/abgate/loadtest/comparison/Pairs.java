package io.abgate.loadtest.comparison;

import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Outcome;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Requests that sent the same row at about the same time, one to each of two versions. */
final class Pairs {
    private static final int NONE = -1;

    private final Observations observations;
    private final int[] first;
    private final int[] second;

    private Pairs(Observations observations, int[] first, int[] second) {
        this.observations = observations;
        this.first = first;
        this.second = second;
    }

    /** Pairs of which both arrivals hold something that counts. */
    static Pairs of(Observations observations, String baseline, String candidate, IntPredicate counts) {
        int one = observations.versions().indexOf(baseline);
        int two = observations.versions().indexOf(candidate);
        int turns = observations.size() == 0 ? 0 : observations.turn(observations.size() - 1) + 1;
        int[] first = filled(turns);
        int[] second = filled(turns);
        for (int place = 0; place < observations.size(); place++) {
            if (counts.test(place) && observations.version(place) == one) {
                first[observations.turn(place)] = place;
            } else if (counts.test(place) && observations.version(place) == two) {
                second[observations.turn(place)] = place;
            }
        }
        int[] whole = IntStream.range(0, turns)
                .filter(turn -> first[turn] != NONE && second[turn] != NONE)
                .toArray();
        return new Pairs(
                observations,
                IntStream.of(whole).map(turn -> first[turn]).toArray(),
                IntStream.of(whole).map(turn -> second[turn]).toArray());
    }

    private static int[] filled(int turns) {
        int[] places = new int[turns];
        Arrays.fill(places, NONE);
        return places;
    }

    /** Share of right answers of the candidate, or of the baseline, on each row that was sent, over its repeats. */
    double[] rightByRow(boolean ofCandidate) {
        int rows = IntStream.of(first).map(observations::row).max().orElse(NONE) + 1;
        double[] sums = new double[rows];
        int[] repeats = new int[rows];
        for (int place : ofCandidate ? second : first) {
            sums[observations.row(place)] += observations.isRight(place) ? 1 : 0;
            repeats[observations.row(place)]++;
        }
        return IntStream.range(0, rows)
                .filter(row -> repeats[row] > 0)
                .mapToDouble(row -> sums[row] / repeats[row])
                .toArray();
    }

    /** 1 where only the candidate failed, -1 where only the baseline did, else 0. */
    double[] failures() {
        return IntStream.range(0, first.length)
                .mapToDouble(i -> failed(second[i]) - failed(first[i]))
                .toArray();
    }

    /** The stretch of time in which each pair was sent. */
    int[] stretches(Stretches stretches) {
        return IntStream.of(first)
                .map(place -> stretches.of(observations.intended(place)))
                .toArray();
    }

    private int failed(int place) {
        return observations.outcome(place).isServed() ? 0 : 1;
    }

    /** Whether an arrival was sent and has ended. */
    static boolean hasEnded(Outcome outcome) {
        return outcome != Outcome.OPEN && outcome != Outcome.MISSED;
    }
}
