package io.abgate.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Overload BOUNDS = new Overload(5, 100, 8, 1_000, 64);

    private final Turns turns = new Turns(BOUNDS, () -> this.processorNanos);
    private long nanos = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(150); // such clocks may overflow

    private long processorNanos;
    private double partOfProcessor = 1;

    /** So many requests are in the sockets, each takes so long; gives how many were taken. */
    private int turn(int requests, int microsEach) {
        return turn(requests, microsEach, 200);
    }

    private int turn(int requests, int microsEach, int bytes) {
        int taken = 0;
        for (int i = 0; i < requests; i++) {
            assertThat(turns.begins(nanos)).isEqualTo(i == 0);
            if (turns.takes(nanos, bytes)) {
                taken++;
                nanos += TimeUnit.MICROSECONDS.toNanos(microsEach);
                processorNanos += (long) (partOfProcessor * TimeUnit.MICROSECONDS.toNanos(microsEach));
                turns.answered(nanos);
            }
        }
        turns.end();
        return taken;
    }

    private void turns(int count, int requests, int microsEach) {
        for (int i = 0; i < count; i++) {
            turn(requests, microsEach);
        }
    }

    @Test
    void takesAllWhileTurnsAreShort() {
        for (int i = 0; i < 100; i++) {
            assertThat(turn(50, 100)).isEqualTo(50); // just the 5 ms of a turn
        }
    }

    @Test
    void oneLongTurnIsNoQueue() {
        assertThat(turn(1, 1_000_000)).isEqualTo(1);
        assertThat(turn(100, 100)).isEqualTo(100);
        assertThat(turn(100, 100)).isEqualTo(100);
    }

    @Test
    void takesWhatFitsWhenTurnsHaveBeenTooLongForAWhile() {
        turns(10, 100, 100); // 10 ms each, 100 ms in all: not yet longer than that
        assertThat(turn(100, 100)).isEqualTo(100);
        assertThat(turn(101, 100)).isEqualTo(51);
        assertThat(turn(1_000, 100)).isEqualTo(51);
    }

    @Test
    void aFewLongTurnsAreAlsoTooFew() {
        turns(2, 100, 1_000); // 200 ms
        assertThat(turn(100, 100)).isEqualTo(100);
        assertThat(turn(100, 100)).isEqualTo(51);
    }

    @Test
    void longTurnsWithShortOnesBetweenThemAreNoQueue() {
        for (int i = 0; i < 50; i++) {
            assertThat(turn(100, 100)).isEqualTo(100);
            assertThat(turn(10, 100)).isEqualTo(10);
        }
    }

    @Test
    void oneShortTurnIsNotTheEndOfAQueueButCalmIs() {
        turns(20, 100, 100);
        turn(10, 100);
        assertThat(turn(100, 100)).isEqualTo(51);
        turns(300, 10, 100); // 300 ms
        assertThat(turn(100, 100)).isEqualTo(51);
        turns(301, 10, 100);
        assertThat(turn(100, 100)).isEqualTo(100);
    }

    @Test
    void calmNeedsNoRequests() {
        turns(20, 100, 100);
        nanos += TimeUnit.MILLISECONDS.toNanos(301);
        assertThat(turn(100, 100)).isEqualTo(100);
    }

    @Test
    void aFewAreTakenHoweverLongTheyTake() {
        turns(20, 9, 100_000);
        assertThat(turn(8, 100_000)).isEqualTo(8);
        assertThat(turn(9, 100_000)).isEqualTo(8);
    }

    @Test
    void aFewThatTakeLongAreNoQueue() {
        turns(20, 7, 100_000);
        assertThat(turn(1_000, 100)).isEqualTo(1_000);
    }

    @Test
    void turnsInWhichOthersHadTheProcessorAreNoQueue() {
        partOfProcessor = 0.25; // of 10 ms: just half of what a turn may take
        turns(20, 100, 100);
        assertThat(turn(100, 100)).isEqualTo(100);
        partOfProcessor = 0.26;
        turns(20, 100, 100);
        assertThat(turn(101, 100)).isEqualTo(51);
    }

    @Test
    void aLargeOneCountsForSeveral() {
        assertThat(queued(1_023)).isEqualTo(8);
        assertThat(queued(1_024)).isEqualTo(4);
        assertThat(queued(3 << 10)).isEqualTo(2);
        assertThat(queued(1 << 20)).isEqualTo(1);
    }

    private int queued(int bytes) {
        turns(20, 9, 100_000);
        return turn(9, 100_000, bytes);
    }
}
