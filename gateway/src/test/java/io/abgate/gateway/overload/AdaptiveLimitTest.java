package io.abgate.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
    private static final long LATE = 1_000;

    private static void fill(AdaptiveLimit limit, int places) {
        for (int i = 0; i < places; i++) {
            assertThat(limit.acquire()).isTrue();
        }
    }

    private static void release(AdaptiveLimit limit, int places, long nanos) {
        for (int i = 0; i < places; i++) {
            limit.release(nanos);
        }
    }

    @Test
    void givesAsManyPlacesAsThereAre() {
        AdaptiveLimit limit = new AdaptiveLimit(2, LATE);
        fill(limit, 2);
        assertThat(limit.acquire()).isFalse();
        limit.release(1);
        assertThat(limit.acquire()).isTrue();
    }

    @Test
    void fallsWithWhatIsLateButNotToNothing() {
        AdaptiveLimit limit = new AdaptiveLimit(100, LATE);
        fill(limit, 100);
        limit.release(LATE + 1);
        assertThat(limit.current()).isEqualTo(90);
        assertThat(limit.acquire()).isFalse();
        release(limit, 99, LATE + 1);
        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void whatIsJustInTimeIsNotLate() {
        AdaptiveLimit limit = new AdaptiveLimit(100, LATE);
        fill(limit, 100);
        release(limit, 100, LATE);
        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void risesOnlyWhileItIsInUse() {
        AdaptiveLimit limit = new AdaptiveLimit(100, LATE);
        fill(limit, 100);
        release(limit, 100, LATE + 1);
        fill(limit, 7);
        release(limit, 7, 1);
        assertThat(limit.current()).isEqualTo(16);
        fill(limit, 16);
        release(limit, 2, 1);
        assertThat(limit.current()).isEqualTo(18);
    }

    @Test
    void neverExceedsTheMost() {
        AdaptiveLimit limit = new AdaptiveLimit(4, LATE);
        fill(limit, 4);
        release(limit, 4, LATE + 1);
        assertThat(limit.current()).isEqualTo(4);
        fill(limit, 4);
        release(limit, 4, 1);
        assertThat(limit.current()).isEqualTo(4);
    }

    @Test
    void boundsHaveToBePositive() {
        assertThatThrownBy(() -> new Overload(0, 1, 1, 1, 1))
                .hasMessage("data.overload.turnMillis: 0 (expected: 1 to 1000000)");
        assertThatThrownBy(() -> Overload.DEFAULT.withInFlight(1_000_001))
                .hasMessage("data.overload.inFlight: 1000001 (expected: 1 to 1000000)");
    }
}
