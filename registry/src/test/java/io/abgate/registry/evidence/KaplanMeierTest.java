package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KaplanMeierTest {
    /** Weeks in remission under 6-MP: Freireich et al., Blood 21, 1963; the example of most textbooks. */
    private static final KaplanMeier REMISSION = KaplanMeier.of(
            new double[] {6, 7, 9, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 34, 35},
            new long[] {3, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0},
            new long[] {1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 2, 1, 1});

    @ParameterizedTest
    @CsvSource({
        "0, 6, 21, .8571, .0764",
        "1, 7, 17, .8067, .0869",
        "2, 10, 15, .7529, .0963",
        "3, 13, 12, .6902, .1068",
        "4, 16, 11, .6275, .1141",
        "5, 22, 7, .5378, .1282",
        "6, 23, 6, .4482, .1346"
    })
    void agreesWithTheTextbooks(int place, double time, long atRisk, double survival, double error) {
        KaplanMeier.Step step = REMISSION.steps().get(place);
        assertThat(step.time()).isEqualTo(time);
        assertThat(step.atRisk()).isEqualTo(atRisk);
        assertThat(step.survival()).isCloseTo(survival, within(5e-5));
        assertThat(Math.sqrt(step.variance())).isCloseTo(error, within(5e-5));
        assertThat(REMISSION.survival(time)).isEqualTo(step.survival());
        assertThat(REMISSION.survival(time - .1)).isGreaterThan(step.survival());
        assertThat(REMISSION.steps()).hasSize(7);
    }

    /** The naive figure forgets those to whom it has not happened yet: half of nine relapses are there after 13 weeks. */
    @Test
    void quantilesAreOfThoseToWhomItHappensAtAll() {
        assertThat(REMISSION.quantileOfThoseThatCome(.5)).isEqualTo(13);
        assertThat(REMISSION.quantileOfThoseThatCome(.95)).isEqualTo(23);
        assertThat(REMISSION.quantileOfThoseThatCome(1)).isEqualTo(23);
        KaplanMeier naive =
                KaplanMeier.of(new double[] {6, 7, 10, 13, 16, 22, 23}, new long[] {3, 1, 1, 1, 1, 1, 1}, new long[7]);
        assertThat(naive.quantileOfThoseThatCome(.5)).isEqualTo(10);
    }

    @Test
    void knowsNothingWhereNothingHappened() {
        KaplanMeier none = KaplanMeier.of(new double[] {1}, new long[] {0}, new long[] {5});
        assertThat(none.quantileOfThoseThatCome(.5)).isNaN();
        assertThat(none.survival(9)).isEqualTo(1);
    }

    @Test
    void isCertainlyOverWhenNobodyIsLeft() {
        KaplanMeier over = KaplanMeier.of(new double[] {1, 2}, new long[] {1, 1}, new long[2]);
        assertThat(over.survival(2)).isZero();
        assertThat(over.steps().get(1).variance()).isNaN();
    }

    @Test
    void refusesTimesThatDoNotAscend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KaplanMeier.of(new double[] {1, 1}, new long[2], new long[2]))
                .withMessage("times: 1.0 (expected: ascending)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KaplanMeier.of(new double[] {1}, new long[] {-1}, new long[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KaplanMeier.of(new double[] {1}, new long[1], new long[2]));
    }
}
