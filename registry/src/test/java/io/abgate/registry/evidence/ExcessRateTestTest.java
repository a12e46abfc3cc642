package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.evidence.ExcessRateTest.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcessRateTestTest {
    private static final double SAME = 1e-9;

    private static Tally tally(long units, long bad) {
        return new Tally(units, bad);
    }

    /** Computed with 40 digits by an independent implementation in another language. */
    @Test
    void agreesWithTheReference() {
        ExcessRateTest test = new ExcessRateTest(.01);
        test.add(tally(50, 2), tally(950, 1), .05);
        assertThat(test.e()).isCloseTo(1.462203720908049, within(SAME));
        test.add(tally(40, 3), tally(960, 0), .05);
        assertThat(test.e()).isCloseTo(14.934446248708385, within(SAME));
        test.add(tally(200, 9), tally(190, 1), .5);
        assertThat(test.e()).isCloseTo(40.92254630107854, within(SAME));
        assertThat(test.ofNew()).isEqualTo(tally(290, 14));
        assertThat(test.ofControl()).isEqualTo(tally(2_100, 2));
    }

    @Test
    void keepsItsPeak() {
        ExcessRateTest test = new ExcessRateTest(.05);
        test.add(tally(100, 5), tally(100, 0), .5);
        assertThat(test.e()).isCloseTo(0.7463854276489011, within(SAME));
        test.add(tally(100, 5), tally(100, 5), .5);
        assertThat(test.e()).isCloseTo(0.3941480209210922, within(SAME));
        assertThat(test.peak()).isEqualTo(1);
    }

    @Test
    void forgetsGainsHoweverLargeAndNoLosses() {
        ExcessRateTest test = new ExcessRateTest(.01);
        test.add(tally(100_000, 90_000), tally(100_000, 10), .5);
        test.forgetGains();
        assertThat(test.e()).isCloseTo(1, within(SAME));
        assertThat(test.peak()).isEqualTo(1);
        test.add(tally(100, 60), tally(100, 0), .5);
        assertThat(test.e()).as("what comes now counts").isGreaterThan(400);
        ExcessRateTest lost = new ExcessRateTest(.05);
        lost.add(tally(100, 5), tally(100, 5), .5);
        double e = lost.e();
        lost.forgetGains();
        assertThat(lost.e()).isEqualTo(e).isLessThan(1);
    }

    /** Exact: the mean of a block's factor over all that one unit can be, at the boundary of the null. */
    @ParameterizedTest
    @ValueSource(doubles = {.05, .5, .95})
    void isFairToAVersionThatIsWorseByTheMargin(double propensity) {
        double margin = .01;
        double control = .03;
        double mean = 0;
        for (int bad = 0; bad <= 1; bad++) {
            mean += propensity
                    * (bad == 1 ? control + margin : 1 - control - margin)
                    * factor(margin, tally(1, bad), tally(0, 0), propensity);
            mean += (1 - propensity)
                    * (bad == 1 ? control : 1 - control)
                    * factor(margin, tally(0, 0), tally(1, bad), propensity);
        }
        assertThat(mean).isCloseTo(1, within(1e-12));
    }

    private static double factor(double margin, Tally ofNew, Tally ofControl, double propensity) {
        ExcessRateTest test = new ExcessRateTest(margin);
        test.add(ofNew, ofControl, propensity);
        return test.e();
    }

    @Test
    void staysPositiveAndFinite() {
        ExcessRateTest test = new ExcessRateTest(.01);
        test.add(tally(1_000_000_000, 1_000_000_000), tally(0, 0), .5);
        assertThat(test.peak()).isFinite().isGreaterThan(1e100);
        ExcessRateTest against = new ExcessRateTest(.01);
        against.add(tally(1_000, 0), tally(1_000, 1_000), .5);
        assertThat(against.e()).isBetween(0.0, 1.0);
    }

    @Test
    void goesOnFromItsSnapshotToTheLastBit() {
        ExcessRateTest test = new ExcessRateTest(.02);
        test.add(tally(17, 3), tally(29, 1), .3);
        ExcessRateTest restored = ExcessRateTest.restored(.02, test.snapshot());
        test.add(tally(5, 2), tally(3, 0), .4);
        restored.add(tally(5, 2), tally(3, 0), .4);
        assertThat(restored.snapshot()).isEqualTo(test.snapshot());
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExcessRateTest(0))
                .withMessage("margin: 0.0 (expected: a number in (0, 1))");
        assertThatIllegalArgumentException().isThrownBy(() -> tally(3, 4)).withMessage("bad: 4 (expected: 0 to 3)");
        assertThatIllegalArgumentException().isThrownBy(() -> new ExcessRateTest(.1).add(Tally.NONE, Tally.NONE, 1));
    }
}
