package io.abgate.registry.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What all simulations share: seeded chance, a stream of its own for every repetition, so that none depends on how much
 * of it another one used, and how far a seen rate may lie above a promised one.
 */
public final class Simulation {
    /** In {@code stops}: it never did. */
    public static final int NEVER = Integer.MAX_VALUE;

    private static final int TIMES = Integer.getInteger("simulations.times", 1);

    private Simulation() {}

    /** As many repetitions as {@code once}, or so many times more in the long run. */
    public static int repetitions(int once) {
        return once * TIMES;
    }

    /** Chance that is the same in every run. */
    public static SplittableGenerator random(long seed) {
        return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(seed);
    }

    /** Three standard errors above {@code alpha}. */
    public static double band(double alpha, int repetitions) {
        return alpha + 3 * Math.sqrt(alpha * (1 - alpha) / repetitions);
    }

    /** In what part of the repetitions it happened. */
    public static double rate(int repetitions, long seed, Predicate<RandomGenerator> happens) {
        SplittableGenerator root = random(seed);
        int count = 0;
        for (int repetition = 0; repetition < repetitions; repetition++) {
            count += happens.test(root.split()) ? 1 : 0;
        }
        return (double) count / repetitions;
    }

    /** When it happened, in ascending order; {@link #NEVER} last. */
    public static int[] stops(int repetitions, long seed, ToIntFunction<RandomGenerator> stop) {
        SplittableGenerator root = random(seed);
        int[] stops = new int[repetitions];
        for (int repetition = 0; repetition < repetitions; repetition++) {
            stops[repetition] = stop.applyAsInt(root.split());
        }
        Arrays.sort(stops);
        return stops;
    }

    /** Prints a rate that the README quotes, and returns it. */
    public static double printed(String what, double rate) {
        System.out.printf(Locale.ROOT, "simulated %d times as often: %s: %.3f%n", TIMES, what, rate);
        return rate;
    }

    /** Prints a number of labels or requests that the README quotes, and returns it. */
    public static int printed(String what, int units) {
        System.out.printf(Locale.ROOT, "simulated %d times as often: %s: %d%n", TIMES, what, units);
        return units;
    }

    /** The middle of sorted numbers. */
    public static int median(int[] sorted) {
        return sorted[sorted.length / 2];
    }

    /** The part of stops at or before {@code latest}. */
    public static double part(int[] stops, int latest) {
        return (double) Arrays.stream(stops).filter(stop -> stop <= latest).count() / stops.length;
    }
}
