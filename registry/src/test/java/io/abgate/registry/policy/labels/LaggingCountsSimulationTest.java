package io.abgate.registry.policy.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.evidence.StratifiedOdds;
import io.abgate.registry.simulation.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two gateways count 60 predictions a second for 8 minutes, their counts come later than the labels of the same
 * predictions, and shares are steady or go up by steps: labels that regard no version are found to regard one no oftener
 * than promised.
 */
class LaggingCountsSimulationTest {
    private static final long START = 1_700_000_000_000L;
    private static final long SECOND = 1_000;
    private static final int SECONDS = 480;
    private static final int PER_SECOND = 60;
    private static final int TOLD_EVERY_SECONDS = 5;
    private static final long LABEL_LAG_MILLIS = 800;
    private static final double RIGHT = .9;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final double[] COVERAGES = {.5, .95, 1};

    /** How predictions are shared out, labelled and counted. */
    private record World(long lagMillis, boolean ladder, double ofControl, double ofNew, int livesSeconds) {
        double share(int second) {
            if (!ladder) {
                return .25;
            }
            return second < 120 ? .05 : second < 300 ? .25 : .5;
        }
    }

    /** One gateway process after the other at one place. */
    private static final class Gateway {
        private final TreeMap<Long, int[]> given = new TreeMap<>();
        long process;

        Gateway(long process) {
            this.process = process;
        }

        void predict(long atMillis, int version) {
            given.computeIfAbsent(IssuedIds.gridMillis(atMillis), first -> new int[2])[version - 1]++;
        }

        IssuedIds tell(long untilMillis) {
            List<IssuedIds.Rows> rows = new ArrayList<>();
            Map<Long, int[]> over = given.headMap(untilMillis);
            over.forEach((from, counts) -> {
                rows.add(new IssuedIds.Rows(from, 1, counts[0]));
                rows.add(new IssuedIds.Rows(from, 2, counts[1]));
            });
            over.clear();
            return new IssuedIds(process, untilMillis, rows);
        }

        /** Dies, with what it did not tell, and another takes its place. */
        void restart() {
            given.clear();
            process += 2;
        }
    }

    /** After how many seconds labels were found to come to unequal parts. */
    private static int found(World world, RandomGenerator random) {
        LabelRecord labels = new LabelRecord(new LabelTimes(0, 150 * SECOND));
        Gateway[] gateways = {new Gateway(0), new Gateway(1)};
        Queue<Labelled> coming = new ArrayDeque<>();
        for (int second = 0; second < SECONDS; second++) {
            long now = START + second * SECOND;
            if (second % TOLD_EVERY_SECONDS == 0) {
                for (Gateway gateway : gateways) {
                    labels.predicted(gateway.tell(IssuedIds.gridMillis(now - world.lagMillis)), now);
                }
                if (labels.trust(2, 1).dependence().isPresent()) {
                    return second;
                }
            }
            if (second % world.livesSeconds == world.livesSeconds - 1) {
                gateways[1].restart();
            }
            for (int i = 0; i < PER_SECOND; i++) {
                long at = now + i * SECOND / PER_SECOND;
                while (!coming.isEmpty() && coming.peek().atMillis() <= at) {
                    labels.labelled(coming.remove());
                }
                Gateway gateway = gateways[random.nextInt(2)];
                int version = random.nextDouble() < world.share(second) ? 2 : 1;
                gateway.predict(at, version);
                if (random.nextDouble() < (version == 1 ? world.ofControl : world.ofNew)) {
                    double score = random.nextDouble() < RIGHT ? 1 : 0;
                    coming.add(new Labelled(gateway.process, version, at, at + LABEL_LAG_MILLIS, score, false));
                }
            }
        }
        return NEVER;
    }

    private static double partFound(long lagMillis, int livesSeconds, int seed) {
        return Simulation.rate(Simulation.repetitions(60), seed, random -> {
            double coverage = COVERAGES[random.nextInt(COVERAGES.length)];
            World world = new World(lagMillis, random.nextBoolean(), coverage, coverage, livesSeconds);
            return found(world, random) < NEVER;
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2_000, 7_000, 60_000})
    void labelsThatRegardNoVersionAreSeldomFoundToHoweverLateTheCounts(long lagMillis) {
        assertThat(partFound(lagMillis, NEVER, 21))
                .isLessThan(Simulation.band(LabelRecord.ALPHA, Simulation.repetitions(60)));
    }

    /** Each process takes the counts of some seconds with it, and their labels come all the same. */
    @Test
    void norWhereGatewaysDieWithTheirCounts() {
        assertThat(partFound(2_000, 90, 22)).isLessThan(Simulation.band(LabelRecord.ALPHA, Simulation.repetitions(60)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fewerLabelsOfOneVersionAreFoundWhileCountsAreLate(boolean ladder) {
        World world = new World(7_000, ladder, .5, .4, NEVER);
        assertThat(Simulation.rate(Simulation.repetitions(20), 23, random -> found(world, random) < NEVER))
                .isGreaterThan(.9);
    }

    /** The same predictions and labels, counted in the minute in which the counts are told. */
    @Test
    void countedByTheTimeOfTellingTheyWouldBeFoundMostOfTheTime() {
        assertThat(Simulation.rate(Simulation.repetitions(60), 24, LaggingCountsSimulationTest::foundByTelling))
                .isGreaterThan(.5);
    }

    private static boolean foundByTelling(RandomGenerator random) {
        StratifiedOdds odds = new StratifiedOdds();
        int[] earlier = new int[2];
        for (int minute = 0; minute < SECONDS / 60; minute++) {
            int[] told = new int[2];
            int[] labelled = new int[2];
            System.arraycopy(earlier, 0, told, 0, 2);
            earlier = new int[2];
            for (int i = 0; i < 60 * PER_SECOND; i++) {
                int arm = random.nextDouble() < .25 ? 1 : 0;
                labelled[arm]++;
                boolean isToldNext = i >= (60 - 7) * PER_SECOND;
                (isToldNext ? earlier : told)[arm]++;
            }
            odds.stratum(Math.max(told[0], labelled[0]), labelled[0], Math.max(told[1], labelled[1]), labelled[1]);
        }
        return odds.rejects(LabelRecord.ALPHA);
    }
}
