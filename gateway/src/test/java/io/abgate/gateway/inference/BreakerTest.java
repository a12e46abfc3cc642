package io.abgate.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
    private final Breaker breaker = new Breaker();

    @Test
    void opensAfterFiveFailuresInARow() {
        for (int i = 0; i < 4; i++) {
            breaker.failed(0);
        }
        assertThat(breaker.admits(0)).isTrue();
        breaker.failed(0);
        assertThat(breaker.admits(0)).isFalse();
    }

    @Test
    void countsOnlyFailuresInARow() {
        for (int i = 0; i < 20; i++) {
            breaker.failed(0);
            breaker.succeeded();
        }
        assertThat(breaker.admits(0)).isTrue();
        assertThat(breaker.isForgotten(0)).isTrue();
    }

    @Test
    void letsOneThroughEachSecond() {
        open();
        assertThat(breaker.admits(Breaker.OPEN_NANOS - 1)).isFalse();
        assertThat(breaker.admits(Breaker.OPEN_NANOS)).isTrue();
        assertThat(breaker.admits(Breaker.OPEN_NANOS)).isFalse();
        assertThat(breaker.admits(2 * Breaker.OPEN_NANOS)).isTrue();
    }

    @Test
    void closesWhenThatOneSucceeds() {
        open();
        assertThat(breaker.admits(Breaker.OPEN_NANOS)).isTrue();
        breaker.succeeded();
        assertThat(breaker.admits(Breaker.OPEN_NANOS)).isTrue();
        assertThat(breaker.admits(Breaker.OPEN_NANOS)).isTrue();
    }

    @Test
    void staysOpenWhenThatOneFails() {
        open();
        assertThat(breaker.admits(Breaker.OPEN_NANOS)).isTrue();
        breaker.failed(Breaker.OPEN_NANOS + 5);
        assertThat(breaker.admits(2 * Breaker.OPEN_NANOS + 4)).isFalse();
        assertThat(breaker.admits(2 * Breaker.OPEN_NANOS + 5)).isTrue();
    }

    @Test
    void isForgottenWhenNobodyHasTriedForAMinute() {
        open();
        assertThat(breaker.isForgotten(Breaker.KEPT_NANOS)).isFalse();
        assertThat(breaker.isForgotten(Breaker.KEPT_NANOS + 1)).isTrue();
        assertThat(breaker.admits(Breaker.KEPT_NANOS)).isTrue();
        assertThat(breaker.isForgotten(2 * Breaker.KEPT_NANOS)).isFalse();
    }

    private void open() {
        for (int i = 0; i < Breaker.FAILURES; i++) {
            breaker.failed(0);
        }
    }
}
