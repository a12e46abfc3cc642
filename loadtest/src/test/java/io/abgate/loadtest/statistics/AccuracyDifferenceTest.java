package io.abgate.loadtest.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.evidence.Interval;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccuracyDifferenceTest {
    private static final double ALPHA = 0.05;
    private static final int ROUNDS = 1000;

    @Test
    void agreesWithHandArithmetic() {
        // 100 rows, 8 right by the candidate alone, 2 by the baseline alone: p12 = 9/102, p21 = 3/102,
        // mean 6/102, variance (12/102 - (6/102)²) / 102; the design effect of independent rows is (t/z)² 100/99
        double[] rows = new double[100];
        IntStream.range(0, 10).forEach(i -> rows[i] = i < 8 ? 1 : -1);
        Difference difference = Difference.ofPairs(rows, IntStream.range(0, 100).toArray(), ALPHA);
        double half = 1.959964 * Math.sqrt((12 / 102.0 - Math.pow(6 / 102.0, 2)) / 102);
        double effect = 100 / 99.0 * Math.pow(1.984217 / 1.959964, 2);
        assertThat(difference.estimate()).isCloseTo(0.06, within(1e-12));
        assertThat(difference.interval().lower()).isCloseTo(6 / 102.0 - half * Math.sqrt(effect), within(1e-6));
        assertThat(difference.interval().upper()).isCloseTo(6 / 102.0 + half * Math.sqrt(effect), within(1e-6));
    }

    @Test
    void isNoPointWhereNoRowTellsVersionsApart() {
        Interval interval = Difference.ofPairs(
                        new double[20], IntStream.range(0, 20).toArray(), ALPHA)
                .interval();
        assertThat(interval.lower()).isLessThan(-0.1);
        assertThat(interval.upper()).isGreaterThan(0.1);
        assertThat(Difference.ofPairs(new double[0], new int[0], ALPHA).interval())
                .isEqualTo(new Interval(-1, 1));
    }

    @Test
    void holdsTheTruthOverPairsAsOftenAsItSays() {
        assertThat(pairedCoverage(500, 1)).isGreaterThanOrEqualTo(0.94);
        assertThat(pairedCoverage(60, 1)).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void wouldNotHoldItIfRepeatsWereTakenAsRows() {
        assertThat(pairedCoverage(100, 10)).isLessThan(0.6);
    }

    /** Coverage of a loss of three points: 5 % of the rows right by the baseline alone, 2 % by the candidate alone. */
    private static double pairedCoverage(int rows, int repeats) {
        Random random = new Random(3);
        int held = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double[] units = new double[rows * repeats];
            for (int row = 0; row < rows; row++) {
                double chance = random.nextDouble();
                double difference = chance < 0.05 ? -1 : chance < 0.07 ? 1 : 0;
                for (int repeat = 0; repeat < repeats; repeat++) {
                    units[row * repeats + repeat] = difference;
                }
            }
            int[] clusters = IntStream.range(0, units.length).toArray();
            held += PairedMean.interval(units, clusters, ALPHA).contains(-0.03) ? 1 : 0;
        }
        return held / (double) ROUNDS;
    }

    @Test
    void holdsTheTruthOverGroupsAsOftenAsItSays() {
        assertThat(groupCoverage(1, true)).isGreaterThanOrEqualTo(0.94);
        assertThat(groupCoverage(10, true)).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void wouldNotHoldItIfRequestsOfOneKeyWereTakenAsIndependent() {
        assertThat(groupCoverage(10, false)).isLessThan(0.85);
    }

    /** Coverage of a loss of three points where every key has tastes of its own. */
    private static double groupCoverage(int requestsAKey, boolean knowsKeys) {
        Random random = new Random(4);
        int held = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Scores one = scores(random, 0.90, requestsAKey, knowsKeys, 0);
            Scores two = scores(random, 0.87, requestsAKey, knowsKeys, 10_000);
            held += Difference.ofGroups(one, two, ALPHA).interval().contains(-0.03) ? 1 : 0;
        }
        return held / (double) ROUNDS;
    }

    private static Scores scores(Random random, double accuracy, int requestsAKey, boolean knowsKeys, int from) {
        int count = 600;
        double[] values = new double[count];
        int[] keys = new int[count];
        boolean keyIsEasy = false;
        for (int i = 0; i < count; i++) {
            if (i % requestsAKey == 0) {
                keyIsEasy = random.nextDouble() < 0.5;
            }
            // half of the keys are always right, the other half are right as often as is left
            values[i] = keyIsEasy || random.nextDouble() < 2 * accuracy - 1 ? 1 : 0;
            keys[i] = from + (knowsKeys ? i / requestsAKey : i);
        }
        return new Scores(values, IntStream.range(from, from + count).toArray(), keys);
    }

    @Test
    void takesRepeatsOfRowsAsCopiesWhereNothingDiffers() {
        int[] rows = IntStream.range(0, 2000).map(i -> i % 20).toArray();
        int[] keys = IntStream.range(0, 2000).toArray();
        double[] right = IntStream.range(0, 2000).mapToDouble(i -> 1).toArray();
        Scores scores = new Scores(right, rows, keys);
        assertThat(Difference.ofGroups(scores, scores, ALPHA).interval().upper())
                .isGreaterThan(0.015);
    }
}
