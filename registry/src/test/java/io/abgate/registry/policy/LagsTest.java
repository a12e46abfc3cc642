package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LagsTest {
    private final Lags lags = new Lags();

    @Test
    void takesLabelsAsTheyComeBelowTwoHundredOfThem() {
        add(199, 7);
        assertThat(lags.maturityMillis()).isZero();
        add(1, 7);
        assertThat(lags.maturityMillis()).isEqualTo(7);
    }

    @Test
    void takesTheLagThatNineteenOfTwentyDoNotExceed() {
        add(190, 3);
        add(10, 5_000);
        assertThat(lags.maturityMillis()).isEqualTo(3);
        add(1, 5_000);
        assertThat(lags.maturityMillis()).isEqualTo(5_119);
    }

    @Test
    void isAtMostAnEighthTooLong() {
        for (long lag = 0; lag < 5_000_000_000L; lag = lag + lag / 50 + 1) {
            Lags one = new Lags();
            for (int i = 0; i < 200; i++) {
                one.add(lag);
            }
            assertThat(one.maturityMillis()).isBetween(lag, lag + lag / 8);
        }
    }

    @Test
    void takesALabelBeforeItsPredictionForOneThatComesAtOnce() {
        add(200, -5);
        assertThat(lags.maturityMillis()).isZero();
        assertThat(lags.snapshot()).containsExactly(new Lags.Bin(0, 200));
    }

    @Test
    void comesBackFromItsSnapshot() {
        add(150, 40);
        add(50, 90_000);
        Lags restored = Lags.restored(lags.snapshot());
        assertThat(restored.snapshot()).isEqualTo(lags.snapshot());
        assertThat(restored.maturityMillis()).isEqualTo(lags.maturityMillis());
    }

    private void add(int labels, long lagMillis) {
        for (int i = 0; i < labels; i++) {
            lags.add(lagMillis);
        }
    }
}
