package io.abgate.gateway.inference;

import java.util.concurrent.atomic.AtomicLong;

/** How many rows of a model a process samples in a second; its contexts share it without a lock. */
final class SampleBudget {
    private static final long USED_BITS = 0xFFFF_FFFFL;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final int rowsPerSecond;
    private final AtomicLong secondAndUsed = new AtomicLong();

    SampleBudget(int rowsPerSecond) {
        this.rowsPerSecond = rowsPerSecond;
    }

    /** Takes up to {@code rows} from this second's budget; says how many there were. */
    int take(int rows, long nowMillis) {
        long second = (nowMillis / MILLIS_PER_SECOND) << Integer.SIZE;
        while (true) {
            long before = secondAndUsed.get();
            long used = (before & ~USED_BITS) == second ? before & USED_BITS : 0;
            int granted = (int) Math.min(rows, rowsPerSecond - used);
            // once the budget is used up nothing is written, so that contexts do not contend
            if (granted <= 0 || secondAndUsed.compareAndSet(before, second | (used + granted))) {
                return Math.max(0, granted);
            }
        }
    }
}
