package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.simulation.Simulation;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is promised of a rollback, simulated; and two wrong procedures, to show that the harness would see a failure. */
class ModelXInferioritySimulationTest {
    private static final double ALPHA = .05;

    /** Takes one unit and says whether the new version is taken back now. */
    private interface Rollback {
        boolean onUnit(boolean toNew, double propensityNew, double score);
    }

    private record World(
            int labels, IntToDoubleFunction propensity, IntToDoubleFunction ofNew, IntToDoubleFunction ofControl) {}

    @Test
    void rarelyTakesBackAnEqualVersion() {
        double rate = rollbackRate(Eprocess::allAtPlay, constant(5_000, .5, .8, .8), 10_000, 1);
        // An independent simulation gave .0266.
        assertThat(rate).isBetween(.0216, .0316).isLessThan(Simulation.band(ALPHA, 10_000));
    }

    @Test
    void rarelyTakesBackAVersionWhenBothDropTogether() {
        IntToDoubleFunction dropping = label -> label < 2_500 ? .8 : .6;
        double rate = rollbackRate(Eprocess::allAtPlay, new World(5_000, label -> .5, dropping, dropping), 5_000, 2);
        // An independent simulation gave .0272.
        assertThat(rate).isBetween(.0200, .0344).isLessThan(Simulation.band(ALPHA, 5_000));
    }

    @Test
    void rarelyTakesBackAnEqualVersionWhileItsShareGrowsInADriftingWorld() {
        IntToDoubleFunction share = label -> label < 1_000 ? .05 : label < 2_000 ? .25 : .5;
        IntToDoubleFunction drifting = label -> .7 + .2 * Math.sin(label / 300.0);
        double rate = rollbackRate(Eprocess::allAtPlay, new World(4_000, share, drifting, drifting), 4_000, 3);
        assertThat(rate).isBetween(.005, Simulation.band(ALPHA, 4_000));
    }

    @Test
    void hardlyEverTakesBackABetterVersion() {
        assertThat(rollbackRate(Eprocess::allAtPlay, constant(4_000, .5, .85, .8), 2_000, 4))
                .isLessThan(.02);
    }

    @Test
    void rollsBackWhenTheCanaryIsWorse() {
        int[] stops = stops(Eprocess::allAtPlay, constant(4_000, .5, .7, .9), 4_000, 5);
        assertThat(Simulation.median(stops)).isBetween(80, 140);
        assertThat(Simulation.part(stops, 400)).isGreaterThan(.95);
        assertThat(stops).doesNotContain(Simulation.NEVER);
    }

    @Test
    void rollsBackLaterWhenTheCanaryGetsFewRequests() {
        int[] half = stops(Eprocess::allAtPlay, constant(8_000, .5, .7, .9), 1_000, 6);
        int[] tenth = stops(Eprocess::allAtPlay, constant(8_000, .1, .7, .9), 1_000, 7);
        assertThat(Simulation.median(tenth)).isBetween(Simulation.median(half) * 3 / 2, Simulation.median(half) * 3);
    }

    @ParameterizedTest
    @CsvSource({".50, .95, .99", ".25, .89, .95", ".10, .55, .65", ".05, .27, .38"})
    void seesWithinFourHundredLabelsAsOftenAsTheShareAllows(double share, double least, double most) {
        int[] stops = stops(Eprocess::asShipped, constant(400, share, .7, .9), 1_000, 10);
        double rate = Simulation.part(stops, 400);
        assertThat(Simulation.printed(".70 told from .90 within 400 labels at a share of " + share, rate))
                .isBetween(least, most);
    }

    @Test
    void seesThatAPlugInWhichKnowsTheLabelBreaksThePromise() {
        assertThat(rollbackRate(SeesTheLabelFirst::new, constant(2_000, .5, .8, .8), 2_000, 8))
                .isGreaterThan(4 * ALPHA);
    }

    @Test
    void seesThatAPeekedTestOfTwoProportionsBreaksThePromise() {
        assertThat(rollbackRate(PeekedTest::new, constant(5_000, .5, .8, .8), 2_000, 9))
                .isGreaterThan(.3);
    }

    private static final class Eprocess implements Rollback {
        private final ModelXInferiority process = new ModelXInferiority();
        private final LifeLedger life = new LifeLedger(ALPHA);

        private Eprocess(double stake) {
            life.stake(stake);
        }

        static Rollback allAtPlay() {
            return new Eprocess(1);
        }

        /** An operator's canary: the rest is the guard's and the guardrails'. */
        static Rollback asShipped() {
            return new Eprocess(.4);
        }

        @Override
        public boolean onUnit(boolean toNew, double propensityNew, double score) {
            life.multiply(process.factor(toNew, propensityNew, score));
            return life.isSpent();
        }
    }

    /** The classic bug: the same factor, but from a plug-in that was updated before. */
    private static final class SeesTheLabelFirst implements Rollback {
        private final double[] right = {1, 1};
        private final double[] labels = {2, 2};
        private double wealth = 1;

        @Override
        public boolean onUnit(boolean toNew, double propensityNew, double score) {
            int arm = toNew ? 1 : 0;
            right[arm] += score;
            labels[arm]++;
            double control = right[0] / labels[0];
            double fresh = right[1] / labels[1];
            if (fresh < control) {
                double mixed = propensityNew * fresh + (1 - propensityNew) * control;
                double theta = toNew ? fresh : control;
                wealth *= score * theta / mixed + (1 - score) * (1 - theta) / (1 - mixed);
            }
            return wealth >= 1 / ALPHA;
        }
    }

    /** A two-sided z-test at .05, looked at every ten labels from the hundredth on. */
    private static final class PeekedTest implements Rollback {
        private final double[] right = new double[2];
        private final double[] labels = new double[2];

        @Override
        public boolean onUnit(boolean toNew, double propensityNew, double score) {
            right[toNew ? 1 : 0] += score;
            labels[toNew ? 1 : 0]++;
            double all = labels[0] + labels[1];
            double pooled = (right[0] + right[1]) / all;
            double error = Math.sqrt(pooled * (1 - pooled) * (1 / labels[0] + 1 / labels[1]));
            double difference = right[1] / labels[1] - right[0] / labels[0];
            return all >= 100 && all % 10 == 0 && Math.abs(difference) > 1.96 * error;
        }
    }

    private static World constant(int labels, double share, double ofNew, double ofControl) {
        return new World(labels, label -> share, label -> ofNew, label -> ofControl);
    }

    private static double rollbackRate(Supplier<Rollback> procedure, World world, int once, long seed) {
        return Simulation.rate(
                Simulation.repetitions(once), seed, random -> stop(procedure.get(), world, random) != Simulation.NEVER);
    }

    /** After how many labels each repetition is taken back, in ascending order. */
    private static int[] stops(Supplier<Rollback> procedure, World world, int once, long seed) {
        return Simulation.stops(Simulation.repetitions(once), seed, random -> stop(procedure.get(), world, random));
    }

    private static int stop(Rollback procedure, World world, RandomGenerator random) {
        for (int label = 0; label < world.labels(); label++) {
            double share = world.propensity().applyAsDouble(label);
            boolean toNew = random.nextDouble() < share;
            double accuracy = (toNew ? world.ofNew() : world.ofControl()).applyAsDouble(label);
            if (procedure.onUnit(toNew, share, random.nextDouble() < accuracy ? 1 : 0)) {
                return label + 1;
            }
        }
        return Simulation.NEVER;
    }
}
