package io.abgate.gateway.cli;

import java.util.concurrent.TimeUnit;

/** Says when each of many steps is due, so many a second; a late step does not delay those after it. */
final class Pace {
    private static final double NANOS_A_SECOND = 1e9;

    private final double stepsPerSecond;
    private final long startNanos = System.nanoTime();

    Pace(double stepsPerSecond) {
        this.stepsPerSecond = stepsPerSecond;
    }

    /** Waits until step {@code index}, counted from 0, is due. */
    void await(int index) throws InterruptedException {
        long dueNanos = (long) (index / stepsPerSecond * NANOS_A_SECOND);
        TimeUnit.NANOSECONDS.sleep(startNanos + dueNanos - System.nanoTime());
    }
}
