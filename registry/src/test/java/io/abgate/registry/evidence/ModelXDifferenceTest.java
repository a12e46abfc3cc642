package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelXDifferenceTest {
    private static final double[] HALVES = {.5, .5};
    private static final double[] THREE = {.5, .3, .2};

    /** Computed by an independent implementation in another language. */
    @ParameterizedTest
    @CsvSource({"10, 0.2609856097", "100, -1.5375032734", "1000, 5.9125753294"})
    void agreesWithTheReferenceForTwoArms(int units, double logE) {
        ModelXDifference test = new ModelXDifference(2);
        EProcess process = new EProcess();
        for (int t = 1; t <= units; t++) {
            process.multiply(test.factor(GoldenStream.toNew(t) ? 1 : 0, HALVES, GoldenStream.score(t, 90, 80)));
        }
        assertThat(process.logE()).isCloseTo(logE, within(1e-9));
    }

    @Test
    void countsWhatItSaw() {
        ModelXDifference test = new ModelXDifference(2);
        for (int t = 1; t <= 100; t++) {
            test.factor(GoldenStream.toNew(t) ? 1 : 0, HALVES, GoldenStream.score(t, 90, 80));
        }
        assertThat(test.counts(0)).isEqualTo(new Counts(43, 51));
        assertThat(test.counts(1)).isEqualTo(new Counts(41, 49));
        ModelXDifference restored = ModelXDifference.restored(test.counts(0), test.counts(1));
        assertThat(restored.factor(1, HALVES, .3)).isEqualTo(test.factor(1, HALVES, .3));
    }

    /** Computed by an independent implementation in another language. */
    @ParameterizedTest
    @CsvSource({"10, -0.2706759804", "100, 1.9095306100", "1000, 3.0624232650"})
    void agreesWithTheReferenceForThreeArms(int units, double logE) {
        ModelXDifference test = new ModelXDifference(3);
        EProcess process = new EProcess();
        int[] right = {80, 85, 90};
        for (int t = 1; t <= units; t++) {
            int arm = GoldenStream.armOfThree(t);
            process.multiply(test.factor(arm, THREE, GoldenStream.right(t, right[arm])));
        }
        assertThat(process.logE()).isCloseTo(logE, within(1e-9));
    }

    @Test
    void isFairWhateverTheCommonMeanAndWhateverItBelieves() {
        for (double mean : new double[] {0, .1, .5, .93, 1}) {
            double expected = 0;
            for (int arm = 0; arm < 3; arm++) {
                expected += THREE[arm] * (mean * taught().factor(arm, THREE, 1));
                expected += THREE[arm] * (1 - mean) * taught().factor(arm, THREE, 0);
            }
            assertThat(expected).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void refusesWhatIsNoAssignment() {
        ModelXDifference test = new ModelXDifference(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.factor(2, HALVES, 1))
                .withMessage("arm: 2.0 (expected: 0 to 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.factor(0, THREE, 1))
                .withMessage("propensities: 3.0 (expected: 2 of them)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.factor(0, new double[] {.5, .6}, 1))
                .withMessageStartingWith("sum of the propensities: 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.factor(0, new double[] {1.5, -.5}, 1))
                .withMessageStartingWith("sum of the propensities: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.factor(0, new double[] {0, 1}, 1))
                .withMessage("propensity: 0.0 (expected: a positive number)");
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelXDifference(1));
        assertThat(test.counts(0)).isEqualTo(Counts.NONE);
    }

    private static ModelXDifference taught() {
        return ModelXDifference.restored(new Counts(3, 10), new Counts(9, 10), new Counts(5.5, 7));
    }
}
