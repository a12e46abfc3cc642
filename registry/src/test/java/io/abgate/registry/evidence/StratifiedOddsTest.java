package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.simulation.Simulation;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class StratifiedOddsTest {
    private static final double ALPHA = .05;
    private static final int STRATA = 60;

    /** Two of two against none of two: h(2) = 1/6, so L_θ = e^(2θ) / (1/6 + 4/6 e^θ + 1/6 e^(2θ)). */
    @Test
    void agreesWithTheSumByHand() {
        double sum = 0;
        for (double theta : new double[] {-2, -1, -.5, -.25, -.125, .125, .25, .5, 1, 2}) {
            sum += Math.exp(2 * theta) / (1 / 6.0 + 4 / 6.0 * Math.exp(theta) + Math.exp(2 * theta) / 6);
        }
        StratifiedOdds odds = new StratifiedOdds();
        odds.stratum(2, 2, 2, 0);
        assertThat(odds.logE()).isCloseTo(Math.log(sum / 10), within(1e-12));
    }

    /** The mean over all that may come out is 1: that is what makes it an e-value. */
    @Test
    void hasMeanOneWhateverTheMargins() {
        for (long[] margins : new long[][] {{3, 5, 4}, {10, 2, 7}, {40, 60, 33}, {1, 1, 1}}) {
            long a = margins[0];
            long b = margins[1];
            long hit = margins[2];
            double mean = 0;
            for (long x = Math.max(0, hit - b); x <= Math.min(a, hit); x++) {
                StratifiedOdds odds = new StratifiedOdds();
                odds.stratum(a, x, b, hit - x);
                mean += choose(a, x) * choose(b, hit - x) / choose(a + b, hit) * Math.exp(odds.logE());
            }
            assertThat(mean).isCloseTo(1, within(1e-10));
        }
    }

    private static double choose(long n, long k) {
        double product = 1;
        for (long i = 1; i <= k; i++) {
            product *= (double) (n - k + i) / i;
        }
        return product;
    }

    @Test
    void saysNothingWhereNothingElseCouldComeOut() {
        StratifiedOdds odds = new StratifiedOdds();
        odds.stratum(5, 5, 7, 7);
        odds.stratum(5, 0, 7, 0);
        odds.stratum(5, 3, 0, 0);
        odds.stratum(0, 0, 0, 0);
        assertThat(odds.logE()).isZero();
        assertThat(odds.rejects(.999)).isFalse();
    }

    @Test
    void standsAMillionUnitsInAStratum() {
        StratifiedOdds odds = new StratifiedOdds();
        odds.stratum(1_000_000, 500_000, 1_000_000, 500_000);
        assertThat(odds.logE()).isNegative().isFinite();
        odds.stratum(1_000_000, 900_000, 1_000_000, 100_000);
        assertThat(odds.logE()).isGreaterThan(1_000).isFinite();
    }

    @Test
    void refusesMoreHitsThanUnits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StratifiedOdds().stratum(1, 2, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new StratifiedOdds().stratum(1, 0, 1, -1));
    }

    @Test
    void seldomFindsADifferenceThatIsNotThereWhileSharesAndRatesMove() {
        int runs = Simulation.repetitions(1_000);
        assertThat(Simulation.rate(runs, 1, random -> finds(random, 0, false)))
                .isLessThan(Simulation.band(ALPHA, runs));
    }

    /** Put in one heap, what moves both sides together looks like a difference between them (Simpson). */
    @Test
    void wouldFindItInOneHeap() {
        assertThat(Simulation.rate(Simulation.repetitions(200), 2, random -> finds(random, 0, true)))
                .isGreaterThan(.5);
    }

    @Test
    void findsADifferenceOfTenPoints() {
        assertThat(Simulation.rate(Simulation.repetitions(200), 3, random -> finds(random, .10, false)))
                .isGreaterThan(.95);
    }

    /** The first side grows from 5 % to 50 % while labels come to fewer and fewer. */
    private static boolean finds(RandomGenerator random, double difference, boolean inOneHeap) {
        StratifiedOdds odds = new StratifiedOdds();
        long[] heap = new long[4];
        for (int stratum = 0; stratum < STRATA; stratum++) {
            double share = .05 + .45 * stratum / STRATA;
            double rate = .8 - .5 * stratum / STRATA;
            long[] counts = new long[4];
            for (int unit = 0; unit < 60; unit++) {
                boolean first = random.nextDouble() < share;
                boolean hit = random.nextDouble() < rate - (first ? difference : 0);
                counts[first ? 0 : 2]++;
                counts[first ? 1 : 3] += hit ? 1 : 0;
            }
            if (inOneHeap) {
                for (int i = 0; i < 4; i++) {
                    heap[i] += counts[i];
                }
            } else {
                odds.stratum(counts[0], counts[1], counts[2], counts[3]);
            }
        }
        if (inOneHeap) {
            odds.stratum(heap[0], heap[1], heap[2], heap[3]);
        }
        return odds.rejects(ALPHA);
    }

    @Test
    void goesOnFromASnapshot() {
        StratifiedOdds odds = new StratifiedOdds();
        odds.stratum(50, 40, 50, 10);
        odds.stratum(50, 10, 50, 40);
        StratifiedOdds restored = StratifiedOdds.restored(odds.snapshot());
        assertThat(restored.rejects(.01)).isTrue();
        odds.stratum(9, 4, 8, 5);
        restored.stratum(9, 4, 8, 5);
        assertThat(restored.snapshot()).isEqualTo(odds.snapshot());
        assertThatIllegalArgumentException().isThrownBy(() -> new StratifiedOdds.Snapshot(List.of(1.0), 0));
    }
}
