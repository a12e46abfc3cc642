package io.abgate.registry.webhook;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before the next attempt: twice as long after each that failed, up to a bound, of which the second
 * half is left to chance so that those who failed together do not come back together.
 */
final class Backoff {
    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(5);
    private static final int MOST_DOUBLINGS = 40;

    private Backoff() {}

    /**
     * Milliseconds, from 1.
     *
     * @param firstMillis after the first failure, at most
     * @param failures so far, from 1
     * @param chance in [0, 1)
     */
    static long delayMillis(long firstMillis, int failures, double chance) {
        long doubled = 1L << Math.min(failures - 1, MOST_DOUBLINGS);
        long longest = firstMillis > LONGEST_MILLIS / doubled ? LONGEST_MILLIS : firstMillis * doubled;
        return Math.max(1, (long) (longest / 2.0 * (1 + chance)));
    }
}
