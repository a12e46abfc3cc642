package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsTwiceAsLongAfterEveryFailureUpToABound() {
        Backoff backoff = new Backoff(500, 3000);

        assertThat(backoff.millis(1)).isEqualTo(500);
        assertThat(backoff.millis(2)).isEqualTo(1000);
        assertThat(backoff.millis(4)).isEqualTo(3000);
        assertThat(backoff.millis(1000)).isEqualTo(3000);
    }
}
