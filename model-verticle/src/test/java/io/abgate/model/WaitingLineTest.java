package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
    private static final long ROW = 20_000_000;
    private static final long WITHIN = 250_000_000;

    private final WaitingLine line = new WaitingLine(ROW);

    private int entered(long rows, long withinNanos) {
        int entered = 0;
        while (line.enter(rows, withinNanos)) {
            entered++;
        }
        return entered;
    }

    @Test
    void takesWhatCanBeAnsweredInTime() {
        assertThat(entered(1, WITHIN)).isEqualTo(12);
        line.leave(1);
        assertThat(entered(1, WITHIN)).isEqualTo(1);
    }

    @Test
    void theLastOneMayBeAnsweredJustInTime() {
        assertThat(entered(1, 12 * ROW)).isEqualTo(12);
        assertThat(line.enter(1, 13 * ROW - 1)).isFalse();
        assertThat(line.enter(1, 13 * ROW)).isTrue();
    }

    @Test
    void countsRowsAndNotRequests() {
        assertThat(entered(4, WITHIN)).isEqualTo(3);
    }

    @Test
    void neverMoreThanSoMany() {
        assertThat(entered(1, Long.MAX_VALUE)).isEqualTo(WaitingLine.MOST);
    }

    @Test
    void whoFindsNobodyWaitingIsLetInHoweverSlowItSeems() {
        assertThat(entered(1, 1)).isEqualTo(1);
        line.leave(1);
        assertThat(entered(100, 1)).isEqualTo(1);
    }

    @Test
    void learnsWhatARowCosts() {
        for (int i = 0; i < 100; i++) {
            line.answered(2, ROW);
        }
        assertThat(entered(1, WITHIN)).isBetween(24, 25);
    }

    @Test
    void onePauseIsNotTheModels() {
        line.answered(1, 1_000 * ROW);
        assertThat(entered(1, WITHIN)).isEqualTo(11);
    }

    /** Of 100 that can be answered in two seconds; with 64 waiting all but the first 13 would come too late. */
    @Test
    void fourTimesTheCapacityIsAnsweredAtNearlyAllOfIt() {
        Deque<Long> waiting = new ArrayDeque<>();
        long freeNanos = 0;
        int inTime = 0;
        for (long now = 0; now < 2_000_000_000; now += ROW / 4) {
            while (!waiting.isEmpty() && Math.max(freeNanos, waiting.peek()) + ROW <= now) {
                freeNanos = Math.max(freeNanos, waiting.peek()) + ROW;
                inTime += freeNanos - waiting.remove() <= WITHIN ? 1 : 0;
                line.leave(1);
                line.answered(1, ROW);
            }
            if (line.enter(1, WITHIN)) {
                waiting.add(now);
            }
        }
        assertThat(inTime).isGreaterThanOrEqualTo(98);
    }
}
