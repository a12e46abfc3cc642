package io.abgate.loadtest.traffic;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Wakes up when arrivals are due, on a thread of its own: timers of an event loop are a millisecond coarse. Offsets are
 * absolute, so a late wake-up delays nothing after it and is part of the latency of those it delayed.
 */
final class Pacer implements Runnable {
    private static final int MOST_AT_ONCE = 64;

    private final LongSupplier offsets;
    private final long startNanos;
    private final long lengthNanos;
    private final Consumer<long[]> due;
    private final Runnable ended;
    private volatile boolean stopped;

    Pacer(LongSupplier offsets, long startNanos, long lengthNanos, Consumer<long[]> due, Runnable ended) {
        this.offsets = offsets;
        this.startNanos = startNanos;
        this.lengthNanos = lengthNanos;
        this.due = due;
        this.ended = ended;
    }

    /** No arrival after this; any thread may call it. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        long[] batch = new long[MOST_AT_ONCE];
        long next = offsets.getAsLong();
        while (!stopped && next < lengthNanos) {
            long now = System.nanoTime() - startNanos;
            int count = 0;
            while (next <= now && next < lengthNanos && count < MOST_AT_ONCE) {
                batch[count++] = next;
                next = offsets.getAsLong();
            }
            if (count > 0) {
                due.accept(Arrays.copyOf(batch, count));
            } else {
                LockSupport.parkNanos(Math.min(next, lengthNanos) - now);
            }
        }
        ended.run();
    }
}
