package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.evidence.EProcess;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.McNemar;
import io.abgate.registry.evidence.ModelXInferiority;
import io.abgate.registry.evidence.ShiryaevRoberts;
import io.abgate.registry.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What counts as a unit, and in which order, simulated on versions that are equally good: as promised, and each rule
 * broken in turn, where the harness must see the promise break.
 */
class UnitsSimulationTest {
    private static final double ALPHA = .05;
    private static final int SLOW = 1_500;
    private static final double UNIT = 0x1.0p-53;

    @Test
    void rowsOfARequestCountOnce() {
        int runs = Simulation.repetitions(1_000);
        assertThat(Simulation.rate(runs, 1, random -> falselyTakenBackByRows(random, false)))
                .isBetween(.003, Simulation.band(ALPHA, runs));
        assertThat(Simulation.rate(Simulation.repetitions(300), 2, random -> falselyTakenBackByRows(random, true)))
                .isGreaterThan(.30);
    }

    @Test
    void labelsCountInTheOrderOfTheirPredictions() {
        int runs = Simulation.repetitions(500);
        assertThat(Simulation.rate(runs, 3, random -> falselyTakenBack(random, SLOW)))
                .isLessThan(Simulation.band(ALPHA, runs));
        assertThat(Simulation.rate(Simulation.repetitions(200), 4, random -> falselyTakenBack(random, 0)))
                .isGreaterThan(.25);
    }

    @Test
    void pairsCountInTheOrderOfTheirPredictionsToo() {
        int runs = Simulation.repetitions(500);
        assertThat(Simulation.rate(runs, 5, random -> falselyBetter(random, SLOW)))
                .isLessThan(Simulation.band(ALPHA, runs));
        assertThat(Simulation.rate(Simulation.repetitions(200), 6, random -> falselyBetter(random, 0)))
                .isGreaterThan(.5);
    }

    @Test
    void theDetectorReadsLabelsInTheOrderOfTheirPredictions() {
        int runs = Simulation.repetitions(300);
        assertThat(Simulation.rate(runs, 7, random -> falselyAlarmed(random, 300)))
                .isLessThan(.05);
        assertThat(Simulation.rate(runs, 8, random -> falselyAlarmed(random, 0)))
                .isGreaterThan(.5);
    }

    /** A user who is sent from one version to the other meets something unknown, and is served worse once. */
    @Test
    void theSaltDoesNotChangeWithTheRoutes() {
        int runs = Simulation.repetitions(300);
        assertThat(Simulation.rate(runs, 9, random -> falselyTakenBackByUsers(random, false)))
                .isLessThan(Simulation.band(ALPHA, runs));
        assertThat(Simulation.rate(Simulation.repetitions(100), 10, random -> falselyTakenBackByUsers(random, true)))
                .isGreaterThan(.5);
    }

    /** A one-sided guard with everything at play. */
    private static final class Guard implements MaturedUnits.Sink {
        private final ModelXInferiority inferiority = new ModelXInferiority();
        private final LifeLedger life = LifeLedger.allStaked(ALPHA);

        @Override
        public void unit(MaturedUnits.Unit unit) {
            life.multiply(inferiority.factor(unit.assigned() == 2, unit.propensityNew(), unit.score()));
        }
    }

    /** Ten rows of a request are hard or easy together. */
    private static boolean falselyTakenBackByRows(RandomGenerator random, boolean singly) {
        Guard guard = new Guard();
        MaturedUnits units = new MaturedUnits(0);
        long nonce = 0;
        for (int request = 0; request < 500 && !guard.life.isSpent(); request++) {
            int assigned = random.nextBoolean() ? 2 : 1;
            double right = random.nextDouble() < .75 ? .98 : .2;
            long key = random.nextLong();
            List<LabelledRow> rows = new ArrayList<>();
            for (int row = 0; row < 10; row++) {
                double score = random.nextDouble() < right ? 1 : 0;
                long keyOfRow = singly ? random.nextLong() : key;
                rows.add(LabelledRow.live(request, nonce++, keyOfRow, assigned, .5, .5, score, true));
            }
            units.labelled(rows, request, guard);
        }
        return guard.life.isSpent();
    }

    /** Two kinds of input; the new version is better at the slow kind by as much as it is worse at the fast one. */
    private static boolean falselyTakenBack(RandomGenerator random, long maturity) {
        Guard guard = new Guard();
        MaturedUnits units = new MaturedUnits(maturity);
        LabelledRow[] slow = new LabelledRow[SLOW];
        for (int t = 0; t < 4_000 && !guard.life.isSpent(); t++) {
            boolean isFast = random.nextBoolean();
            boolean toNew = random.nextBoolean();
            double score = random.nextDouble() < (isFast == toNew ? .76 : .84) ? 1 : 0;
            LabelledRow row = LabelledRow.live(t, t, random.nextLong(), toNew ? 2 : 1, .5, .5, score, true);
            arrive(units, slow, row, isFast, t, guard);
        }
        return guard.life.isSpent();
    }

    private static boolean falselyBetter(RandomGenerator random, long maturity) {
        McNemar test = new McNemar();
        EProcess process = new EProcess();
        MaturedUnits units = new MaturedUnits(maturity);
        LabelledRow[] slow = new LabelledRow[SLOW];
        for (int t = 0; t < 4_000 && !process.rejects(ALPHA); t++) {
            boolean isFast = random.nextBoolean();
            double u = random.nextDouble();
            boolean shadowWins = u < (isFast ? .07 : .03);
            boolean championWins = !shadowWins && u < .10;
            LabelledRow row =
                    LabelledRow.pair(t, t, random.nextLong(), 1, shadowWins ? 0 : 1, championWins ? 0 : 1, true);
            arrive(units, slow, row, isFast, t, unit -> {
                if (unit.score() != unit.shadowScore()) {
                    process.multiply(test.factor(unit.shadowScore() > unit.score()));
                }
            });
        }
        return process.rejects(ALPHA);
    }

    /** Labels of fast predictions are 20 old, those of slow ones {@code slow.length}. */
    private static void arrive(
            MaturedUnits units, LabelledRow[] slow, LabelledRow row, boolean isFast, int t, MaturedUnits.Sink sink) {
        LabelledRow due = slow[t % slow.length];
        slow[t % slow.length] = isFast ? null : row;
        List<LabelledRow> arrived = new ArrayList<>();
        if (due != null) {
            arrived.add(due);
        }
        if (isFast) {
            arrived.add(row); // a lag of 20 or none is the same to who waits for 1,500
        }
        units.labelled(arrived, t - 1, sink);
    }

    /** Wrong answers are told of at once, right ones after 300 requests. */
    private static boolean falselyAlarmed(RandomGenerator random, long maturity) {
        ShiryaevRoberts detector = new ShiryaevRoberts(.85, 1e-4);
        MaturedUnits units = new MaturedUnits(maturity);
        LabelledRow[] slow = new LabelledRow[300];
        boolean[] alarmed = new boolean[1];
        MaturedUnits.Sink sink = new MaturedUnits.Sink() {
            @Override
            public void unit(MaturedUnits.Unit unit) {}

            @Override
            public void label(LabelledRow row) {
                detector.score(row.score());
                alarmed[0] |= detector.alarms();
            }
        };
        for (int t = 0; t < 3_000 && !alarmed[0]; t++) {
            double score = random.nextDouble() < .9 ? 1 : 0;
            LabelledRow row = LabelledRow.live(t, t, random.nextLong(), 1, 1, 1, score, true);
            arrive(units, slow, row, score == 0, t, sink);
        }
        return alarmed[0];
    }

    /** Users come again; shares change every 100 requests, as they do where they follow labels. */
    private static boolean falselyTakenBackByUsers(RandomGenerator random, boolean epochInSalt) {
        Guard guard = new Guard();
        MaturedUnits units = new MaturedUnits(0);
        int[] served = new int[1_000];
        long run = random.nextLong();
        for (int t = 0; t < 4_000 && !guard.life.isSpent(); t++) {
            int epoch = t / 100;
            double share = Math.min(.05 + .005 * epoch, .5);
            int user = random.nextInt(served.length);
            long hash = Rendezvous.keyHash("mail/" + run + (epochInSalt ? "/" + epoch : ""), "user-" + user);
            int assigned = (hash >>> 11) * UNIT < share ? 2 : 1;
            boolean moved = served[user] != 0 && served[user] != assigned;
            served[user] = assigned;
            double score = random.nextDouble() < (moved ? .5 : .8) ? 1 : 0;
            double ofAssigned = assigned == 2 ? share : 1 - share;
            units.labelled(List.of(LabelledRow.live(t, t, hash, assigned, ofAssigned, share, score, true)), t, guard);
        }
        return guard.life.isSpent();
    }
}
