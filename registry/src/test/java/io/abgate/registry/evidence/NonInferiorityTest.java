package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both tests of non-inferiority, live and in pairs. Golden values are by an independent implementation. */
class NonInferiorityTest {
    @ParameterizedTest
    @CsvSource({"10, -0.8617698930", "100, -1.3976477417", "1000, 17.2853214428"})
    void agreesWithTheReferenceLive(int units, double logE) {
        ModelXNonInferiority test = new ModelXNonInferiority(.05);
        EProcess process = new EProcess();
        for (int t = 1; t <= units; t++) {
            process.multiply(test.factor(GoldenStream.toNew(t), .5, GoldenStream.score(t, 90, 80)));
        }
        assertThat(process.logE()).isCloseTo(logE, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"10, 1, 0, 0.4725382898", "100, 4, 2, 0.7592816562", "1000, 21, 20, 3.5099832859"})
    void agreesWithTheReferenceInPairs(int pairs, int candidateWon, int championWon, double logE) {
        PairedNonInferiority test = new PairedNonInferiority(.02);
        PairedInferiority opposite = new PairedInferiority();
        EProcess process = new EProcess();
        for (int t = 1; t <= pairs; t++) {
            double champion = GoldenStream.right(t, 80);
            double candidate = champion == 0 && (37 * t + 11) % 101 < 10 ? 1 : GoldenStream.right(t, 78);
            process.multiply(test.factor(candidate, champion));
            opposite.factor(candidate, champion);
        }
        assertThat(process.logE()).isCloseTo(logE, within(1e-9));
        assertThat(opposite.snapshot()).isEqualTo(new PairedInferiority.Snapshot(championWon, candidateWon));
    }

    @Test
    void isFairAtTheMarginAndLosesBeyondIt() {
        assertThat(expectedLive(.75, .8)).isCloseTo(1, within(1e-14));
        assertThat(expectedLive(.7, .8)).isLessThan(1 - 1e-4);
        assertThat(expectedLive(.8, .8)).isGreaterThan(1 + 1e-4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.001, .05, .5, .95, .999})
    void neverBetsMoreThanHalfOfWhatItHas(double propensity) {
        ModelXNonInferiority live = new ModelXNonInferiority(.05);
        for (int t = 1; t <= 2_000; t++) {
            boolean toNew = t % 3 == 0;
            double score = toNew || (t > 1_500 && t % 2 == 0) ? 1 : 0;
            assertThat(live.factor(toNew, propensity, score)).isGreaterThanOrEqualTo(.5);
        }
    }

    @Test
    void goesOnFromASnapshotToTheLastBit() {
        ModelXNonInferiority live = taughtLive();
        ModelXNonInferiority same = ModelXNonInferiority.restored(.05, live.snapshot());
        assertThat(same.factor(true, .3, .7)).isEqualTo(live.factor(true, .3, .7));
        PairedNonInferiority pairs = new PairedNonInferiority(.02);
        pairs.factor(1, .5);
        assertThat(PairedNonInferiority.restored(.02, pairs.snapshot()).factor(.2, 1))
                .isEqualTo(pairs.factor(.2, 1));
    }

    @Test
    void refusesAMarginThatAllowsEverythingOrLessThanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelXNonInferiority(1))
                .withMessage("margin: 1.0 (expected: a number in [0, 1))");
        assertThatIllegalArgumentException().isThrownBy(() -> new PairedNonInferiority(-.01));
    }

    private static double expectedLive(double ofNew, double ofControl) {
        double expected = 0;
        for (int score = 0; score <= 1; score++) {
            double chanceNew = score == 1 ? ofNew : 1 - ofNew;
            double chanceControl = score == 1 ? ofControl : 1 - ofControl;
            expected += .3 * chanceNew * taughtLive().factor(true, .3, score);
            expected += .7 * chanceControl * taughtLive().factor(false, .3, score);
        }
        return expected;
    }

    private static ModelXNonInferiority taughtLive() {
        ModelXNonInferiority process = new ModelXNonInferiority(.05);
        for (int t = 1; t <= 50; t++) {
            process.factor(GoldenStream.toNew(t), .5, GoldenStream.score(t, 100, 60));
        }
        return process;
    }
}
