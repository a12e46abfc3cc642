package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedInferiorityTest {
    @Test
    void betsByHandComputedQuotients() {
        PairedInferiority test = new PairedInferiority();
        assertThat(test.factor(0, 1)).isOne(); // q = max(1/2, 1/2)
        assertThat(test.factor(0, 1)).isCloseTo(4.0 / 3, within(1e-15)); // q = 2/3
        assertThat(test.factor(1, 1)).isOne();
        assertThat(test.factor(0, 0)).isOne();
        assertThat(test.factor(1, 0)).isCloseTo(.5, within(1e-15)); // q = 3/4
        assertThat(test.snapshot()).isEqualTo(new PairedInferiority.Snapshot(2, 1));
    }

    @Test
    void betsNothingWhileTheCandidateIsAhead() {
        PairedInferiority test = PairedInferiority.restored(new PairedInferiority.Snapshot(3, 4));
        assertThat(test.factor(0, 1)).isOne();
    }

    @Test
    void takesDifferencesBetweenRightAndWrongInProportion() {
        assertThat(ahead().factor(.25, .75)).isCloseTo((ahead().factor(0, 1) + 1) / 2, within(1e-15));
    }

    @Test
    void isFairWhenBothAreEquallyGood() {
        double expected = .5 * ahead().factor(0, 1) + .5 * ahead().factor(1, 0);
        assertThat(expected).isCloseTo(1, within(1e-15));
    }

    @Test
    void refusesWhatIsNoScore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairedInferiority().factor(2, 0))
                .withMessage("score: 2.0 (expected: a number in [0, 1])");
        assertThatIllegalArgumentException().isThrownBy(() -> new PairedInferiority().factor(0, Double.NaN));
    }

    private static PairedInferiority ahead() {
        return PairedInferiority.restored(new PairedInferiority.Snapshot(9, 3));
    }
}
