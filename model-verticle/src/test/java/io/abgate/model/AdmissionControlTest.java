package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class AdmissionControlTest {
    private static final long ROW = 20_000_000;
    private static final long WITHIN = 250_000_000;

    private final AdmissionControl admission = new AdmissionControl(ROW);

    private int admitted(long rows, long withinNanos) {
        int admitted = 0;
        while (admission.admit(rows, withinNanos)) {
            admitted++;
        }
        return admitted;
    }

    @Test
    void takesWhatCanBeAnsweredInTime() {
        assertThat(admitted(1, WITHIN)).isEqualTo(12);
        admission.leave(1);
        assertThat(admitted(1, WITHIN)).isEqualTo(1);
    }

    @Test
    void theLastOneMayBeAnsweredJustInTime() {
        assertThat(admitted(1, 12 * ROW)).isEqualTo(12);
        assertThat(admission.admit(1, 13 * ROW - 1)).isFalse();
        assertThat(admission.admit(1, 13 * ROW)).isTrue();
    }

    @Test
    void countsRowsAndNotRequests() {
        assertThat(admitted(4, WITHIN)).isEqualTo(3);
    }

    @Test
    void neverMoreThanSoMany() {
        assertThat(admitted(1, Long.MAX_VALUE)).isEqualTo(AdmissionControl.MOST);
    }

    @Test
    void whoFindsNobodyWaitingIsAdmittedHoweverSlowItSeems() {
        assertThat(admitted(1, 1)).isEqualTo(1);
        admission.leave(1);
        assertThat(admitted(100, 1)).isEqualTo(1);
    }

    @Test
    void learnsWhatARowCosts() {
        for (int i = 0; i < 100; i++) {
            admission.answered(2, ROW);
        }
        assertThat(admitted(1, WITHIN)).isBetween(24, 25);
    }

    @Test
    void onePauseIsNotTheModels() {
        admission.answered(1, 1_000 * ROW);
        assertThat(admitted(1, WITHIN)).isEqualTo(11);
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
                admission.leave(1);
                admission.answered(1, ROW);
            }
            if (admission.admit(1, WITHIN)) {
                waiting.add(now);
            }
        }
        assertThat(inTime).isGreaterThanOrEqualTo(98);
    }
}
