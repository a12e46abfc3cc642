package io.abgate.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Stands still until a test turns it. */
final class HandTurnedClock implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-04T05:06:07Z"));
    private final AtomicLong elapsedNanos = new AtomicLong(Long.MAX_VALUE - 1); // may overflow, as the real one

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Time passes. */
    void turn(Duration forward) {
        step(forward);
        elapsedNanos.addAndGet(forward.toNanos());
    }

    /** Somebody sets the clock; no time passes. */
    void step(Duration by) {
        now.updateAndGet(then -> then.plus(by));
    }

    Time time() {
        return new Time(this, elapsedNanos::get);
    }
}
