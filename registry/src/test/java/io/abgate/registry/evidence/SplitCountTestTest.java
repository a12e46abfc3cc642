package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SplitCountTestTest {
    private static final double SAME = 1e-9;

    /** Computed with 40 digits by an independent implementation in another language. */
    @Test
    void agreesWithTheReference() {
        SplitCountTest test = new SplitCountTest();
        test.add(480, 520, .5);
        assertThat(test.e()).isCloseTo(0.7164926667120318, within(SAME));
        assertThat(test.peak()).isEqualTo(1);
        test.add(4_700, 5_300, .5);
        assertThat(test.e() / 8686958.808332633).isCloseTo(1, within(SAME));
        test.add(60, 940, .05);
        assertThat(test.e() / 2354881.3855584017).isCloseTo(1, within(SAME));
        assertThat(test.peak() / 8686958.808332633).as("the highest counts").isCloseTo(1, within(SAME));
        assertThat(test.ofNew()).isEqualTo(5_240);
        assertThat(test.ofControl()).isEqualTo(6_760);
        assertThat(test.expectedNew()).isCloseTo(500 + 5_000 + 50, within(SAME));
    }

    @Test
    void doesNotCareWhereBlocksEnd() {
        SplitCountTest whole = new SplitCountTest();
        SplitCountTest parts = new SplitCountTest();
        whole.add(900, 100, .9);
        for (int block = 0; block < 100; block++) {
            parts.add(9, 1, .9);
        }
        parts.add(0, 0, .1);
        assertThat(parts.e() / whole.e()).isCloseTo(1, within(SAME));
    }

    @Test
    void seesLossOnEitherSide() {
        SplitCountTest fewerOfNew = new SplitCountTest();
        SplitCountTest fewerOfControl = new SplitCountTest();
        fewerOfNew.add(9_500, 10_000, .5);
        fewerOfControl.add(10_000, 9_500, .5);
        assertThat(fewerOfNew.e()).isGreaterThan(10);
        assertThat(fewerOfControl.e() / fewerOfNew.e()).isCloseTo(1, within(SAME));
    }

    @Test
    void staysFiniteWhenAllIsLost() {
        SplitCountTest test = new SplitCountTest();
        test.add(0, 1_000_000_000, .5);
        assertThat(test.peak()).isFinite().isGreaterThan(1e100);
    }

    @Test
    void goesOnFromItsSnapshotToTheLastBit() {
        SplitCountTest test = new SplitCountTest();
        test.add(17, 29, .3);
        SplitCountTest restored = SplitCountTest.restored(test.snapshot());
        test.add(5, 3, .4);
        restored.add(5, 3, .4);
        assertThat(restored.snapshot()).isEqualTo(test.snapshot());
    }

    @Test
    void refusesWhatIsNoSplit() {
        SplitCountTest test = new SplitCountTest();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.add(1, 1, 0))
                .withMessage("propensityNew: 0.0 (expected: a number in (0, 1))");
        assertThatIllegalArgumentException().isThrownBy(() -> test.add(1, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.add(-1, 1, .5))
                .withMessage("units: -1, 1 (expected: none below 0)");
    }
}
