package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.simulation.Simulation;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How rarely the detector and the test of the split alarm when nothing is wrong, and how soon when something is. */
class DetectorSimulationTest {
    private static final double LEAST_MEAN = .85;

    @Test
    void runsAsLongAsPromisedToAFalseAlarmAtTheWorstMean() {
        int runs = Simulation.repetitions(1_000);
        int[] stops = Simulation.stops(runs, 1, random -> alarm(random, 1e-3, LEAST_MEAN, 0, LEAST_MEAN));
        // 1,251 by an independent simulation; the promise is at least 1,000, one-sided at 99 %
        double mean = Arrays.stream(stops).average().orElseThrow();
        assertThat(mean).isGreaterThan(1_000 - 2.33 * mean / Math.sqrt(runs)).isBetween(1_100.0, 1_400.0);
    }

    @Test
    void runsAsLongWhenScoresDependOnEachOther() {
        int runs = Simulation.repetitions(1_000);
        double mean = Arrays.stream(Simulation.stops(runs, 2, DetectorSimulationTest::alarmInWaves))
                .average()
                .orElseThrow();
        assertThat(mean).isGreaterThan(1_000);
    }

    @Test
    void seldomAlarmsInAHealthySystem() {
        int runs = Simulation.repetitions(400);
        int[] stops = Simulation.stops(runs, 3, random -> alarmBefore(10_000, random, 1e-4, .9));
        assertThat(Simulation.part(stops, 10_000)).isLessThan(.03);
    }

    /** Mean delays of an independent simulation, after a change at the 1,000th label from .90. */
    @Test
    void seesAFallAsSoonAsAnIndependentSimulation() {
        double[] accuracies = {.80, .75, .70, .50};
        double[] delays = {460, 164, 91, 25};
        for (int i = 0; i < delays.length; i++) {
            double after = accuracies[i];
            int[] stops = Simulation.stops(Simulation.repetitions(1_000), 4 + i, r -> alarm(r, 1e-4, .9, 1_000, after));
            double delay = Arrays.stream(stops)
                    .filter(stop -> stop > 1_000)
                    .map(stop -> stop - 1_000)
                    .average()
                    .orElseThrow();
            assertThat(delay).as("fall to %s", after).isBetween(.9 * delays[i], 1.1 * delays[i]);
            double divergence =
                    after * Math.log(after / LEAST_MEAN) + (1 - after) * Math.log((1 - after) / (1 - LEAST_MEAN));
            assertThat(delay).isLessThan(1.2 * (Math.log(1e4) + Math.log(6)) / divergence + 10);
        }
    }

    /** A window of 100 that alarms a tenth below its base rate: its false alarms depend on what nobody set. */
    @Test
    void seesThatAWindowWithAThresholdPromisesNothing() {
        int runs = Simulation.repetitions(200);
        double high = windowRun(runs, .9, 8);
        double low = windowRun(runs, .6, 9);
        assertThat(low).isBetween(1_000.0, 1_550.0);
        assertThat(high).isGreaterThan(5 * low);
    }

    @Test
    void seldomSuspectsAHealthySplit() {
        int runs = Simulation.repetitions(1_000);
        double limit = Simulation.band(.01, runs);
        assertThat(Simulation.rate(runs, 10, random -> suspectedAfter(random, 5_000, false, 0) > 0))
                .isLessThan(limit);
        assertThat(Simulation.rate(runs, 11, random -> suspectedAfter(random, 5_000, true, 0) > 0))
                .isLessThan(limit);
    }

    @Test
    void findsATenthOfAnArmThatIsLost() {
        int runs = Simulation.repetitions(200);
        int[] fixed = Simulation.stops(runs, 12, random -> suspectedAfter(random, 100_000, false, .1));
        assertThat(Simulation.median(fixed)).isBetween(3_500, 4_300); // 3,903 by an independent simulation
        assertThat(fixed[0]).isPositive(); // in every run
    }

    /** Compares with shares that moved as if they had not: what a plain test of the totals would do. */
    @Test
    void seesThatATestWhichIgnoresARampIsWrong() {
        int runs = Simulation.repetitions(100);
        double[] halves = {.725, .275}; // what the ramp has on average
        double rate = Simulation.rate(runs, 13, random -> {
            SampleRatioTest test = new SampleRatioTest(2);
            EProcess process = new EProcess();
            for (int t = 1; t <= 5_000; t++) {
                double share = .05 + .45 * t / 5_000;
                process.multiply(test.factor(random.nextDouble() < share ? 1 : 0, halves));
            }
            return process.rejects(.01);
        });
        assertThat(rate).isGreaterThan(.9);
    }

    private static int alarm(RandomGenerator random, double rate, double before, int change, double after) {
        ShiryaevRoberts detector = new ShiryaevRoberts(LEAST_MEAN, rate);
        int t = 0;
        while (!detector.alarms()) {
            t++;
            detector.score(random.nextDouble() < (t <= change ? before : after) ? 1 : 0);
        }
        return t;
    }

    private static int alarmBefore(int labels, RandomGenerator random, double rate, double right) {
        ShiryaevRoberts detector = new ShiryaevRoberts(LEAST_MEAN, rate);
        for (int t = 1; t <= labels; t++) {
            detector.score(random.nextDouble() < right ? 1 : 0);
            if (detector.alarms()) {
                return t;
            }
        }
        return Simulation.NEVER;
    }

    /** At the worst mean or above it, by a wave that the past scores set off. */
    private static int alarmInWaves(RandomGenerator random) {
        ShiryaevRoberts detector = new ShiryaevRoberts(LEAST_MEAN, 1e-3);
        int t = 0;
        double excess = 0;
        while (!detector.alarms() && t < 50_000) {
            t++;
            double score = random.nextDouble() < LEAST_MEAN + excess ? 1 : 0;
            detector.score(score);
            excess = score == 0 ? .1 * random.nextDouble() : .9 * excess;
        }
        return t;
    }

    private static double windowRun(int runs, double right, long seed) {
        return Arrays.stream(Simulation.stops(runs, seed, random -> {
                    boolean[] window = new boolean[100];
                    int rightOnes = 0;
                    for (int t = 1; t <= 20_000; t++) {
                        boolean score = random.nextDouble() < right;
                        rightOnes += (score ? 1 : 0) - (window[t % 100] ? 1 : 0);
                        window[t % 100] = score;
                        if (t >= 100 && rightOnes < 100 * right - 10 - 1e-9) {
                            return t;
                        }
                    }
                    return 20_000;
                }))
                .average()
                .orElseThrow();
    }

    /** After how many units the split is suspected; 0 is never. */
    private static int suspectedAfter(RandomGenerator random, int units, boolean ramp, double lost) {
        SampleRatioTest test = new SampleRatioTest(2);
        EProcess process = new EProcess();
        double[] shares = {.5, .5};
        for (int t = 1; t <= units; t++) {
            shares[1] = ramp ? .05 + .45 * t / units : .5;
            shares[0] = 1 - shares[1];
            boolean toNew;
            do {
                toNew = random.nextDouble() < shares[1];
            } while (toNew && random.nextDouble() < lost);
            process.multiply(test.factor(toNew ? 1 : 0, shares));
            if (process.rejects(.01)) {
                return t;
            }
        }
        return 0;
    }
}
