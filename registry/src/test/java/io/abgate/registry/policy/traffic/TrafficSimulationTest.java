package io.abgate.registry.policy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.evidence.ExcessRateTest.Tally;
import io.abgate.registry.evidence.SplitCountTest;
import io.abgate.registry.simulation.Simulation;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests alone say, simulated: as promised, and each rule broken in turn, where the harness must see it break. */
class TrafficSimulationTest {
    private static final double ALPHA = .05;
    /** Of a life, so that a guardrail's tenth is {@link #ALPHA}. */
    private static final double LIFE = ALPHA / .1;

    private static final int BLOCK = 500;

    /** Every key comes to every gateway: their counts are the same, as dependent as can be. */
    @ParameterizedTest
    @ValueSource(doubles = {.05, .5})
    void callsAHealthySplitBrokenNoOftenerThanPromised(double share) {
        int runs = Simulation.repetitions(1_000);
        assertThat(Simulation.rate(runs, 1, random -> isBroken(random, share, 2)))
                .isBetween(.002, Simulation.band(ALPHA, runs));
    }

    private static boolean isBroken(RandomGenerator random, double share, int gateways) {
        SplitArrivals arrivals = new SplitArrivals(ALPHA);
        for (int block = 0; block < 40; block++) {
            int toNew = binomial(random, BLOCK, share);
            for (int gateway = 0; gateway < gateways; gateway++) {
                int place = arrivals.place(new TrafficStream("node", gateway)).orElseThrow();
                arrivals.add(place, toNew, BLOCK - toNew, share);
            }
        }
        return arrivals.isBroken();
    }

    @Test
    void wouldBreakItsPromiseIfEveryRequestOfAKeyCounted() {
        int runs = Simulation.repetitions(300);
        assertThat(Simulation.rate(runs, 2, TrafficSimulationTest::isBrokenByRequests))
                .isGreaterThan(.5);
    }

    /** 200 users make 20,000 requests, and stay where they were sent. */
    private static boolean isBrokenByRequests(RandomGenerator random) {
        boolean[] toNew = new boolean[200];
        for (int key = 0; key < toNew.length; key++) {
            toNew[key] = random.nextBoolean();
        }
        SplitCountTest test = new SplitCountTest();
        for (int block = 0; block < 40; block++) {
            int ofNew = 0;
            for (int request = 0; request < BLOCK; request++) {
                ofNew += toNew[random.nextInt(toNew.length)] ? 1 : 0;
            }
            test.add(ofNew, BLOCK - ofNew, .5);
        }
        return test.peak() >= 1 / ALPHA;
    }

    @Test
    void wouldBreakItsPromiseIfStreamsWereMultiplied() {
        int runs = Simulation.repetitions(1_000);
        assertThat(Simulation.rate(runs, 4, random -> isBrokenByProduct(random, 16)))
                .isGreaterThan(.25);
        assertThat(Simulation.rate(runs, 4, random -> isBroken(random, .5, 16)))
                .isLessThan(Simulation.band(ALPHA, runs));
    }

    private static boolean isBrokenByProduct(RandomGenerator random, int gateways) {
        SplitCountTest test = new SplitCountTest();
        double peak = 1;
        for (int block = 0; block < 40; block++) {
            int toNew = binomial(random, BLOCK, .5);
            test.add(toNew, BLOCK - toNew, .5);
            peak = Math.max(peak, Math.pow(test.e(), gateways));
        }
        return peak >= 1 / ALPHA;
    }

    /** At the boundary, over five experiments, each of which two gateways see whole. */
    @ParameterizedTest
    @CsvSource({"0.05, 0.02, 0.01", "0.5, 0.02, 0.01", "0.95, 0.02, 0.01", "0.5, 0.10, 0.05", "0.95, 0.30, 0.05"})
    void takesBackAVersionThatIsWorseByTheMarginNoOftenerThanPromised(double share, double rate, double margin) {
        int runs = Simulation.repetitions(600);
        assertThat(Simulation.rate(runs, 5, random -> isTakenBack(random, share, rate, margin)))
                .isLessThan(Simulation.band(ALPHA, runs));
    }

    private static boolean isTakenBack(RandomGenerator random, double share, double rate, double margin) {
        Guardrail rail = new Guardrail(margin, LIFE);
        for (int block = 0; block < 50; block++) {
            if (block % 10 == 0) {
                rail.newExperiment();
            }
            int toNew = binomial(random, BLOCK, share);
            Tally ofNew = new Tally(toNew, binomial(random, toNew, rate + margin));
            Tally ofControl = new Tally(BLOCK - toNew, binomial(random, BLOCK - toNew, rate));
            rail.add(0, ofNew, ofControl, share);
            rail.add(1, ofNew, ofControl, share);
        }
        return rail.isSpent();
    }

    @Test
    void wouldBreakItsPromiseIfEachExperimentHadABudgetOfItsOwn() {
        int runs = Simulation.repetitions(150);
        assertThat(Simulation.rate(runs, 6, random -> isTakenBackOnce(random, true)))
                .isGreaterThan(2 * ALPHA);
        assertThat(Simulation.rate(runs, 6, random -> isTakenBackOnce(random, false)))
                .isLessThan(Simulation.band(ALPHA, runs));
    }

    /** Forty experiments at one gateway. */
    private static boolean isTakenBackOnce(RandomGenerator random, boolean refunded) {
        Guardrail rail = new Guardrail(.05, LIFE);
        for (int block = 0; block < 800; block++) {
            if (block % 20 == 0) {
                rail = refunded ? new Guardrail(.05, LIFE) : rail;
            }
            int toNew = binomial(random, 200, .5);
            Tally ofNew = new Tally(toNew, binomial(random, toNew, .15));
            rail.add(0, ofNew, new Tally(200 - toNew, binomial(random, 200 - toNew, .10)), .5);
            if (rail.isSpent()) {
                return true;
            }
        }
        return false;
    }

    /** As shipped: a thousandth for the split, half a percent for a guardrail; medians of units of both versions. */
    @ParameterizedTest
    @CsvSource({"0.5, 20000, 45000", "0.25, 30000, 60000", "0.05, 100000, 250000"})
    void seesThatOneInTwentyIsLost(double share, int least, int most) {
        int[] stops = Simulation.stops(Simulation.repetitions(100), 7, random -> {
            SplitArrivals arrivals = new SplitArrivals(.001);
            int place = arrivals.place(new TrafficStream("node", 1)).orElseThrow();
            int units = 0;
            while (!arrivals.isBroken()) {
                int toNew = binomial(random, BLOCK, share);
                arrivals.add(place, toNew - binomial(random, toNew, .05), BLOCK - toNew, share);
                units += BLOCK;
            }
            return units;
        });
        String what = "requests until one in twenty of a version's is seen to be lost, at a share of " + share;
        assertThat(Simulation.printed(what, Simulation.median(stops))).isBetween(least, most);
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 0.0, 0.05, 0.05, 2000, 5000",
        "0.01, 0.0, 0.05, 0.5, 400, 1000",
        "0.01, 0.0, 0.05, 0.95, 3000, 6000",
        "0.01, 0.0, 0.50, 0.5, 20, 100",
        "0.05, 0.01, 0.20, 0.05, 800, 2000",
        "0.05, 0.01, 0.20, 0.5, 100, 400",
        "0.05, 0.01, 0.20, 0.95, 800, 2000"
    })
    void seesWhatGetsBad(double margin, double before, double now, double share, int least, int most) {
        int block = 10;
        int[] stops = Simulation.stops(Simulation.repetitions(200), 8, random -> {
            Guardrail rail = new Guardrail(margin, .05);
            int units = 0;
            while (!rail.isSpent()) {
                int toNew = binomial(random, block, share);
                rail.add(
                        0,
                        new Tally(toNew, binomial(random, toNew, now)),
                        new Tally(block - toNew, binomial(random, block - toNew, before)),
                        share);
                units += block;
            }
            return units;
        });
        String what = String.format(
                Locale.ROOT, "requests until a rate from %s to %s is seen, at a share of %s", before, now, share);
        assertThat(Simulation.printed(what, Simulation.median(stops))).isBetween(least, most);
    }

    private static int binomial(RandomGenerator random, int trials, double probability) {
        int successes = 0;
        for (int trial = 0; trial < trials; trial++) {
            successes += random.nextDouble() < probability ? 1 : 0;
        }
        return successes;
    }
}
