package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.simulation.Simulation;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What pairs claim of a version, looked at after each of them. */
final class TrustedPairsSimulationTest {
    private static final int RUNS = Simulation.repetitions(400);
    private static final int PAIRS = 1_000;
    private static final double ALPHA = .05;

    /** 7 points worse where margins from 0 to 20 points are asked: every claim of less than 7 is false. */
    @Test
    void aVersionIsSaidToLoseLessThanItDoesAtMostAsOftenAsStated() {
        assertThat(falseClaims(0, .07)).isLessThanOrEqualTo(Simulation.band(ALPHA, RUNS));
    }

    /** Where labels of what it does wrong are told a third as often, the same claims are false nearly always. */
    @Test
    void labelsThatDependOnBeingRightBreakIt() {
        assertThat(falseClaims(2. / 3, .07)).isGreaterThan(.5);
    }

    @Test
    void aBetterVersionIsFoundToBeBetter() {
        int found = 0;
        RandomGenerator random = Simulation.random(3);
        for (int run = 0; run < RUNS; run++) {
            TrustedPairs pairs = new TrustedPairs(.2, 15);
            for (int i = 0; i < PAIRS && pairs.proven(ALPHA) != 0; i++) {
                pair(pairs, random, 0, -.05);
            }
            found += pairs.proven(ALPHA) == 0 ? 1 : 0;
        }
        assertThat(found / (double) RUNS).isGreaterThan(.9);
    }

    /** Once labels are found to depend on what they say, those that were asked for speak alone, from the first one on. */
    @Test
    void onlyLabelsThatWereAskedForSpeakWhereOthersMayNot() {
        TrustedPairs pairs = new TrustedPairs(.2, 15);
        for (int i = 0; i < 200; i++) {
            pairs.pair(1, 0);
            pairs.auditedPair(1, 1);
        }
        assertThat(pairs.proven(ALPHA)).isZero();
        pairs.trust("test");
        assertThat(pairs.proven(ALPHA)).isPositive();
        pairs.trust(null);
        assertThat(pairs.proven(ALPHA)).isZero();
    }

    private static double falseClaims(double untold, double worse) {
        int wrong = 0;
        RandomGenerator random = Simulation.random(1);
        for (int run = 0; run < RUNS; run++) {
            TrustedPairs pairs = new TrustedPairs(.2, 15);
            for (int i = 0; i < PAIRS; i++) {
                pair(pairs, random, untold, worse);
            }
            wrong += pairs.proven(ALPHA) < worse - 1e-9 ? 1 : 0;
        }
        return wrong / (double) RUNS;
    }

    /** Both answer one label of ten differently; the version is right in the more of these the better it is. */
    private static void pair(TrustedPairs pairs, RandomGenerator random, double untold, double worse) {
        boolean differ = random.nextDouble() < .1;
        boolean versionRight = random.nextDouble() < (differ ? (.1 - worse) / .2 : .9);
        boolean controlRight = differ != versionRight;
        if (versionRight || random.nextDouble() >= untold) {
            pairs.pair(versionRight ? 1 : 0, controlRight ? 1 : 0);
        }
    }
}
