package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.simulation.Simulation;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * How often each test calls two versions unlike that are alike, looked at after every unit; and wrong procedures, to
 * show that the harness would see a failure.
 */
class FalseAlarmSimulationTest {
    private static final double ALPHA = .05;

    /** Takes one unit and says whether its null hypothesis is rejected now. */
    private interface Sequential {
        boolean onUnit(boolean toNew, double propensityNew, double score);
    }

    /** Two versions that are equally right at every moment. */
    private record World(int units, IntToDoubleFunction propensity, IntToDoubleFunction right) {}

    private static final World CONSTANT = new World(5_000, unit -> .5, unit -> .8);
    private static final World RAMP = new World(
            4_000, unit -> unit < 1_000 ? .05 : unit < 2_000 ? .25 : .5, unit -> .7 + .2 * Math.sin(unit / 300.0));

    @Test
    void differenceIsSeldomSeenBetweenEqualVersions() {
        int runs = Simulation.repetitions(4_000);
        // an independent simulation gave .0379
        assertThat(rate(Difference::new, CONSTANT, runs, 1)).isBetween(.027, .049);
    }

    @Test
    void differenceIsSeldomSeenWhileAShareGrowsInADriftingWorld() {
        int runs = Simulation.repetitions(3_000);
        assertThat(rate(Difference::new, RAMP, runs, 2)).isLessThan(Simulation.band(ALPHA, runs));
    }

    @Test
    void differenceIsSeldomSeenWhenSharesFollowTheLabels() {
        int runs = Simulation.repetitions(1_500);
        assertThat(Simulation.rate(runs, 3, random -> adaptive(new Difference(), random)))
                .isBetween(.005, Simulation.band(ALPHA, runs));
    }

    @Test
    void differenceIsSeldomSeenWhereWrongAnswersAreLabelledOftener() {
        int runs = Simulation.repetitions(2_000);
        // whether a label comes depends on the outcome alone: levels are wrong, the comparison is not
        IntToDoubleFunction labelled = unit -> .8 * .3 / (.8 * .3 + .2 * .9);
        World world = new World(4_000, unit -> .5, labelled);
        assertThat(rate(Difference::new, world, runs, 4)).isLessThan(Simulation.band(ALPHA, runs));
    }

    @Test
    void differenceIsSeldomSeenAmongThreeEqualVersions() {
        int runs = Simulation.repetitions(2_000);
        double[] shares = {.5, .3, .2};
        assertThat(Simulation.rate(runs, 5, random -> {
                    ModelXDifference test = new ModelXDifference(3);
                    EProcess process = new EProcess();
                    for (int unit = 0; unit < 4_000 && !process.rejects(ALPHA); unit++) {
                        double coin = random.nextDouble();
                        int arm = coin < .5 ? 0 : coin < .8 ? 1 : 2;
                        process.multiply(test.factor(arm, shares, random.nextDouble() < .8 ? 1 : 0));
                    }
                    return process.rejects(ALPHA);
                }))
                .isBetween(.005, Simulation.band(ALPHA, runs));
    }

    @Test
    void nonInferiorityIsSeldomProvenOfAVersionWorseByTheMargin() {
        int runs = Simulation.repetitions(2_000);
        double rate = Simulation.rate(
                runs, 6, random -> stop(new NonInferiority(.03), random, 5_000, .5, .77, .80) != Simulation.NEVER);
        // an independent simulation gave .0267 at this boundary
        assertThat(rate).isBetween(.010, Simulation.band(ALPHA, runs));
    }

    @Test
    void pairsSeldomSpeakAgainstAnEqualShadow() {
        int runs = Simulation.repetitions(4_000);
        double twoSided = Simulation.rate(runs, 7, random -> {
            McNemar test = new McNemar();
            EProcess process = new EProcess();
            for (int pair = 0; pair < 500 && !process.rejects(ALPHA); pair++) { // those that disagree, of 5,000
                process.multiply(test.factor(random.nextBoolean()));
            }
            return process.rejects(ALPHA);
        });
        assertThat(twoSided).isBetween(.015, Simulation.band(ALPHA, runs));
        double oneSided = Simulation.rate(runs, 8, random -> {
            PairedInferiority test = new PairedInferiority();
            LifeLedger life = LifeLedger.allStaked(ALPHA);
            for (int pair = 0; pair < 500 && !life.isSpent(); pair++) {
                boolean candidate = random.nextBoolean();
                life.multiply(test.factor(candidate ? 1 : 0, candidate ? 0 : 1));
            }
            return life.isSpent();
        });
        assertThat(oneSided).isBetween(.005, Simulation.band(ALPHA, runs));
    }

    @Test
    void needsAsManyLabelsAsAnIndependentSimulation() {
        int runs = Simulation.repetitions(1_000);
        int live = Simulation.median(Simulation.stops(runs, 9, r -> stop(new Difference(), r, 20_000, .5, .9, .8)));
        assertThat(live).isBetween(362, 442); // 402
        int small = Simulation.median(Simulation.stops(runs, 10, r -> stop(new Difference(), r, 20_000, .5, .85, .8)));
        assertThat(small).isBetween(1_850, 2_262); // 2,056
        int pairs = Simulation.median(Simulation.stops(runs, 11, r -> pairsUntilSeen(r, .10, .05)));
        assertThat(pairs).isBetween(405, 495); // 450: the same difference, by copies that no user sees
        int alike = Simulation.median(Simulation.stops(runs, 12, r -> pairsUntilSeen(r, .07, .02)));
        assertThat(alike).isBetween(239, 293); // 266
    }

    @Test
    void seesThatAPlugInWhichKnowsTheLabelBreaksThePromise() {
        World world = new World(2_000, unit -> .5, unit -> .8);
        // an independent simulation gave .919
        assertThat(rate(KnowsTheLabel::new, world, Simulation.repetitions(500), 13))
                .isGreaterThan(.85);
    }

    @Test
    void seesThatAPeekedTestOfTwoProportionsBreaksThePromise() {
        assertThat(rate(PeekedTest::new, CONSTANT, Simulation.repetitions(1_000), 14))
                .isGreaterThan(.30);
        assertThat(rate(PeekedTest::new, RAMP, Simulation.repetitions(1_000), 15))
                .isGreaterThan(.50);
    }

    private static int pairsUntilSeen(RandomGenerator random, double candidateOnly, double championOnly) {
        McNemar test = new McNemar();
        EProcess process = new EProcess();
        int pairs = 0;
        while (!process.rejects(ALPHA)) {
            double coin = random.nextDouble();
            pairs++;
            if (coin < candidateOnly + championOnly) {
                process.multiply(test.factor(coin < candidateOnly));
            }
        }
        return pairs;
    }

    /** Shares by Thompson sampling, recomputed every 64 labels. */
    private static boolean adaptive(Sequential test, RandomGenerator random) {
        DiscountedThompson arms = new DiscountedThompson(.998);
        arms.add(0);
        arms.add(1);
        double share = .5;
        for (int unit = 0; unit < 2_000; unit++) {
            boolean toNew = random.nextDouble() < share;
            double score = random.nextDouble() < .8 ? 1 : 0;
            if (test.onUnit(toNew, share, score)) {
                return true;
            }
            arms.learn(toNew ? 1 : 0, score);
            share = unit % 64 == 63 ? arms.shares(.05)[1] : share;
        }
        return false;
    }

    private static double rate(Supplier<Sequential> test, World world, int runs, long seed) {
        return Simulation.rate(runs, seed, random -> {
            Sequential one = test.get();
            for (int unit = 0; unit < world.units; unit++) {
                double share = world.propensity.applyAsDouble(unit);
                double right = world.right.applyAsDouble(unit);
                if (one.onUnit(random.nextDouble() < share, share, random.nextDouble() < right ? 1 : 0)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static int stop(
            Sequential test, RandomGenerator random, int units, double share, double fresh, double control) {
        for (int unit = 0; unit < units; unit++) {
            boolean toNew = random.nextDouble() < share;
            if (test.onUnit(toNew, share, random.nextDouble() < (toNew ? fresh : control) ? 1 : 0)) {
                return unit + 1;
            }
        }
        return Simulation.NEVER;
    }

    private static final class Difference implements Sequential {
        private final ModelXDifference test = new ModelXDifference(2);
        private final EProcess process = new EProcess();
        private final double[] shares = new double[2];

        @Override
        public boolean onUnit(boolean toNew, double propensityNew, double score) {
            shares[0] = 1 - propensityNew;
            shares[1] = propensityNew;
            process.multiply(test.factor(toNew ? 1 : 0, shares, score));
            return process.rejects(ALPHA);
        }
    }

    private static final class NonInferiority implements Sequential {
        private final ModelXNonInferiority test;
        private final EProcess process = new EProcess();

        NonInferiority(double margin) {
            test = new ModelXNonInferiority(margin);
        }

        @Override
        public boolean onUnit(boolean toNew, double propensityNew, double score) {
            process.multiply(test.factor(toNew, propensityNew, score));
            return process.rejects(ALPHA);
        }
    }

    /** The classic bug: the same factor, but from plug-ins that were updated before. */
    private static final class KnowsTheLabel implements Sequential {
        private final double[] right = {1, 1};
        private final double[] units = {2, 2};
        private final EProcess process = new EProcess();

        @Override
        public boolean onUnit(boolean toNew, double propensityNew, double score) {
            int arm = toNew ? 1 : 0;
            right[arm] += score;
            units[arm]++;
            double mixed = (1 - propensityNew) * right[0] / units[0] + propensityNew * right[1] / units[1];
            double theta = right[arm] / units[arm];
            process.multiply(score * theta / mixed + (1 - score) * (1 - theta) / (1 - mixed));
            return process.rejects(ALPHA);
        }
    }

    /** A two-sided z-test at .05, looked at every ten units from the hundredth on. */
    private static final class PeekedTest implements Sequential {
        private final double[] right = new double[2];
        private final double[] units = new double[2];

        @Override
        public boolean onUnit(boolean toNew, double propensityNew, double score) {
            right[toNew ? 1 : 0] += score;
            units[toNew ? 1 : 0]++;
            double all = units[0] + units[1];
            if (all < 100 || all % 10 != 0) {
                return false;
            }
            double pooled = (right[0] + right[1]) / all;
            double error = Math.sqrt(pooled * (1 - pooled) * (1 / units[0] + 1 / units[1]));
            return Math.abs(right[1] / units[1] - right[0] / units[0]) > 1.96 * error;
        }
    }
}
