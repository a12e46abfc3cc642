package io.abgate.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Stands still until a test turns it. */
final class HandTurnedClock implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-04T05:06:07Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    void turn(Duration forward) {
        now.updateAndGet(then -> then.plus(forward));
    }
}
