package io.abgate.registry;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets something happen once in a while only, such as a line in the log. */
final class Seldom {
    private final LongSupplier nanoClock;
    private final long everyNanos;
    private long lastNanos;

    Seldom(LongSupplier nanoClock, Duration every) {
        this.nanoClock = nanoClock;
        this.everyNanos = every.toNanos();
        this.lastNanos = nanoClock.getAsLong() - everyNanos;
    }

    /** Whether it was long enough ago; if so it counts as done now. */
    boolean isDue() {
        long now = nanoClock.getAsLong();
        boolean due = now - lastNanos >= everyNanos;
        if (due) {
            lastNanos = now;
        }
        return due;
    }
}
