package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelXInferiorityTest {
    @ParameterizedTest
    @CsvSource({"10, 0.4151362896, 5, 5, 3, 5", "1000, -0.9560589895, 444, 495, 406, 505"})
    void agreesWithTheReference(
            int units, double logEvidence, double newRight, long newUnits, double controlRight, long controlUnits) {
        ModelXInferiority process = new ModelXInferiority();
        assertThat(logEvidence(process, units)).isCloseTo(logEvidence, within(1e-9));
        if (units == 1000) {
            assertThat(process.countsOfNew()).isEqualTo(new Counts(newRight, newUnits));
            assertThat(process.countsOfControl()).isEqualTo(new Counts(controlRight, controlUnits));
        }
    }

    /** Superiority is inferiority with the sides exchanged. */
    @ParameterizedTest
    @CsvSource({"10, -0.1541506798", "1000, 6.8686343189"})
    void agreesWithTheReferenceOnSuperiority(int units, double logEvidence) {
        ModelXInferiority process = new ModelXInferiority();
        double sum = 0;
        for (int t = 1; t <= units; t++) {
            sum += Math.log(process.factor(!GoldenStream.toNew(t), .5, GoldenStream.score(t, 90, 80)));
        }
        assertThat(sum).isCloseTo(logEvidence, within(1e-9));
    }

    @Test
    void letsOldUnitsFadeWhenItDiscounts() {
        ModelXInferiority fading = new ModelXInferiority(.5);
        fading.factor(true, .5, 1);
        fading.factor(false, .5, .5);
        fading.factor(true, .5, 0);
        assertThat(fading.snapshot()).isEqualTo(new ModelXInferiority.Snapshot(.25, 1.25, .25, .5));
        assertThat(ModelXInferiority.restored(.5, fading.snapshot()).factor(true, .3, 1))
                .isEqualTo(fading.factor(true, .3, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelXInferiority(0))
                .withMessage("discount: 0.0 (expected: a number in (0, 1])");
    }

    @Test
    void betsNothingBeforeItHasSeenAnything() {
        assertThat(new ModelXInferiority().factor(true, .1, 0)).isOne();
    }

    @Test
    void betsNothingWhileTheNewVersionIsAhead() {
        ModelXInferiority process = new ModelXInferiority();
        process.factor(true, .5, 1);
        assertThat(process.factor(true, .5, 0)).isOne();
    }

    @Test
    void isFairWhenBothAreEqualAndInFavourOfTheNewVersionWhenItIsBetter() {
        assertThat(expectedFactor(.3, .7, .7)).isCloseTo(1, within(1e-15));
        assertThat(expectedFactor(.3, .8, .7)).isLessThan(1);
        assertThat(expectedFactor(.3, .6, .7)).isGreaterThan(1);
    }

    @Test
    void treatsAHalfRightAnswerAsTheMeanOfRightAndWrong() {
        double right = worse().factor(true, .2, 1);
        double wrong = worse().factor(true, .2, 0);
        assertThat(worse().factor(true, .2, .5)).isCloseTo((right + wrong) / 2, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -.1, Double.NaN})
    void refusesAPropensityThatIsNoCoin(double propensity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelXInferiority().factor(true, propensity, 1))
                .withMessageStartingWith("propensityNew: ")
                .withMessageEndingWith(" (expected: a number in (0, 1))");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.1, 1.1, Double.NaN})
    void refusesAScoreOutsideOfZeroToOneAndLearnsNothingFromIt(double score) {
        ModelXInferiority process = new ModelXInferiority();
        assertThatIllegalArgumentException().isThrownBy(() -> process.factor(true, .5, score));
        assertThat(process.countsOfNew()).isEqualTo(Counts.NONE);
    }

    private static double logEvidence(ModelXInferiority process, int units) {
        double sum = 0;
        for (int t = 1; t <= units; t++) {
            sum += Math.log(
                    process.factor(GoldenStream.toNew(t), GoldenStream.PROPENSITY, GoldenStream.score(t, 90, 80)));
        }
        return sum;
    }

    private static double expectedFactor(double propensityNew, double accuracyOfNew, double accuracyOfControl) {
        return propensityNew * expectedFactor(true, propensityNew, accuracyOfNew)
                + (1 - propensityNew) * expectedFactor(false, propensityNew, accuracyOfControl);
    }

    private static double expectedFactor(boolean toNew, double propensityNew, double accuracy) {
        return accuracy * worse().factor(toNew, propensityNew, 1)
                + (1 - accuracy) * worse().factor(toNew, propensityNew, 0);
    }

    /** A process that has seen the new version do worse. */
    private static ModelXInferiority worse() {
        ModelXInferiority process = new ModelXInferiority();
        process.factor(true, .5, 0);
        process.factor(false, .5, 1);
        return process;
    }
}
