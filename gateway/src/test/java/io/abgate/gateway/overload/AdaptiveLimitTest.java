package io.abgate.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
    private static final Overload BOUNDS = new Overload(5, 100, 8, 100, 64);

    private final AdaptiveLimit limit = new AdaptiveLimit(BOUNDS);
    private long nanos = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(150); // such clocks may overflow

    private void fill(int places) {
        for (int i = 0; i < places; i++) {
            assertThat(limit.acquire()).isTrue();
        }
    }

    /** So many come back, one each millisecond, after so long. */
    private void release(int places, int micros) {
        for (int i = 0; i < places; i++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(1);
            limit.release(TimeUnit.MICROSECONDS.toNanos(micros), nanos);
        }
    }

    private void fillAndRelease(int places, int micros) {
        fill(places);
        release(places, micros);
    }

    @Test
    void givesAsManyPlacesAsThereAre() {
        fill(100);
        assertThat(limit.acquire()).isFalse();
        release(1, 1);
        assertThat(limit.acquire()).isTrue();
        assertThat(limit.acquire()).isFalse();
    }

    @Test
    void fallsWhenAllHaveBeenLateForAWhileButNotToNothing() {
        fillAndRelease(1, 1_000);
        fillAndRelease(100, 20_000); // just 100 ms of late ones
        assertThat(limit.current()).isEqualTo(100);
        fillAndRelease(2, 20_000);
        assertThat(limit.current()).isEqualTo(90);
        fillAndRelease(90, 20_000);
        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void oneThatIsSoonAmongThemShowsThatThereIsNoQueue() {
        fillAndRelease(1, 1_000);
        for (int i = 0; i < 10; i++) {
            fillAndRelease(90, 20_000);
            fillAndRelease(1, 1_000);
        }
        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void whatIsSlowByNatureIsNotLate() {
        for (int i = 0; i < 10; i++) {
            fillAndRelease(100, 50_000);
            fillAndRelease(100, 150_000);
        }
        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void aQuickAnswerIsForgottenInTheEnd() {
        fillAndRelease(1, 60);
        fillAndRelease(100, 30_000);
        fillAndRelease(100, 30_000);
        assertThat(limit.current()).isEqualTo(16);
        for (int i = 0; i < 50_000; i++) {
            fillAndRelease(16, 30_000);
        }
        assertThat(limit.current()).isGreaterThan(16);
    }

    @Test
    void whatFailsAtOnceIsNotTheQuickestAnswer() {
        fillAndRelease(100, 30_000);
        fill(1);
        limit.releaseFailed(TimeUnit.MICROSECONDS.toNanos(60), ++nanos);
        fillAndRelease(100, 30_000);
        fillAndRelease(100, 30_000);
        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void whatFailsAtOnceAmongThemDoesNotShowThatThereIsNoQueue() {
        fillAndRelease(1, 1_000);
        for (int i = 0; i < 3; i++) {
            fillAndRelease(35, 20_000);
            fill(1);
            limit.releaseFailed(TimeUnit.MICROSECONDS.toNanos(60), ++nanos);
        }
        assertThat(limit.current()).isLessThan(100);
    }

    @Test
    void whatFailsLateIsLate() {
        fillAndRelease(1, 1_000);
        for (int i = 0; i < 150; i++) {
            fill(1);
            nanos += TimeUnit.MILLISECONDS.toNanos(1);
            limit.releaseFailed(TimeUnit.MILLISECONDS.toNanos(250), nanos);
        }
        assertThat(limit.current()).isEqualTo(16);
    }

    @Test
    void whatIsNoLongerThanATurnIsNotLate() {
        fillAndRelease(1, 10);
        fillAndRelease(100, 5_000);
        fillAndRelease(100, 5_000);
        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void risesOnlyWhileItIsInUse() {
        fillAndRelease(1, 1_000);
        fillAndRelease(100, 20_000);
        fillAndRelease(100, 20_000);
        assertThat(limit.current()).isEqualTo(16);
        fillAndRelease(7, 1_000);
        assertThat(limit.current()).isEqualTo(16);
        fill(16);
        release(2, 1_000);
        assertThat(limit.current()).isEqualTo(18);
    }

    @Test
    void boundsHaveToBePositive() {
        assertThatThrownBy(() -> new Overload(0, 1, 1, 1, 1))
                .hasMessage("data.overload.turnMillis: 0 (expected: 1 to 1000000)");
        assertThatThrownBy(() -> Overload.DEFAULT.withInFlight(1_000_001))
                .hasMessage("data.overload.inFlight: 1000001 (expected: 1 to 1000000)");
    }
}
