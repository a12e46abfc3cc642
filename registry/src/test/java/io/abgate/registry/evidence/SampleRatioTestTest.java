package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRatioTestTest {
    /** Lindon and Malek's closed form for fixed shares, computed by an independent implementation. */
    @ParameterizedTest
    @CsvSource({
        "5200, 4800, 0, .5, .5, 0, 5.6136134118",
        "950, 50, 0, .9, .1, 0, 13.9461975854",
        "340, 330, 330, .33333333333333333, .33333333333333333, .33333333333333333, -2.3131949827",
        "4900, 5100, 0, .5, .5, 0, -0.3295119015"
    })
    void agreesWithTheClosedFormForFixedShares(
            int first, int second, int third, double share1, double share2, double share3, double logE) {
        double[] shares = third > 0 ? new double[] {share1, share2, share3} : new double[] {share1, share2};
        int[] units = {first, second, third};
        SampleRatioTest test = new SampleRatioTest(shares);
        EProcess process = new EProcess();
        for (int arm = 0; arm < shares.length; arm++) {
            for (int i = 0; i < units[arm]; i++) {
                process.multiply(test.factor(arm, shares));
            }
            assertThat(test.units(arm)).isEqualTo(units[arm]);
        }
        assertThat(process.logE()).isCloseTo(logE, within(1e-9));
    }

    /** Computed by an independent implementation in another language. */
    @ParameterizedTest
    @CsvSource({"10, 0.2896875704", "100, 20.2089724191", "1000, 104.9277153117"})
    void agreesWithTheReferenceWhileAShareGrows(int units, double logE) {
        SampleRatioTest test = new SampleRatioTest(2);
        EProcess process = new EProcess();
        for (int t = 1; t <= units; t++) {
            double share = .05 + .45 * t / 1000;
            process.multiply(test.factor(GoldenStream.toNew(t) ? 1 : 0, new double[] {1 - share, share}));
        }
        assertThat(process.logE()).isCloseTo(logE, within(1e-9));
    }

    @Test
    void goesOnFromWhatItHasSeen() {
        SampleRatioTest test = new SampleRatioTest(2);
        double[] shares = {.7, .3};
        for (int t = 1; t <= 50; t++) {
            test.factor(t % 2, shares);
        }
        SampleRatioTest restored = SampleRatioTest.restored(
                new double[] {test.units(0), test.units(1)}, new double[] {test.expected(0), test.expected(1)});
        assertThat(test.expected(0)).isCloseTo(35, within(1e-12));
        assertThat(restored.factor(0, shares)).isEqualTo(test.factor(0, shares));
    }

    @Test
    void isFairWhateverItHasSeen() {
        double[] shares = {.9, .06, .04};
        double expected = 0;
        for (int arm = 0; arm < 3; arm++) {
            SampleRatioTest test = SampleRatioTest.restored(new double[] {80, 30, 5}, new double[] {90.5, 14.5, 10});
            expected += shares[arm] * test.factor(arm, shares);
        }
        assertThat(expected).isCloseTo(1, within(1e-14));
    }

    @Test
    void refusesSharesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SampleRatioTest(.5, 0))
                .withMessage("share: 0.0 (expected: a number in (0, 1))");
        assertThatIllegalArgumentException().isThrownBy(() -> new SampleRatioTest(1));
    }
}
