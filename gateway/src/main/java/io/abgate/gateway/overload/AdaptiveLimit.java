package io.abgate.gateway.overload;

import java.util.concurrent.TimeUnit;

/**
 * How many requests may wait for other threads or nodes at a time: one more with each that comes back soon while the
 * limit is in use, a tenth less with each that comes back late when none has come back soon for a while (additive
 * increase, multiplicative decrease: Chiu and Jain, Computer Networks 17, 1989; the form is that of Netflix's
 * concurrency-limits). Late is what takes several times as long as the quickest, which is forgotten slowly, and longer
 * than a turn of the loop may. Times are nanoseconds of a monotonic clock; for one event loop's thread.
 */
public final class AdaptiveLimit {
    private static final double DECREASE = 0.9;
    private static final int LEAST = 16;
    private static final long TOLERANCE = 3;
    /** With each answer the quickest is taken for slower by one part in so many. */
    private static final double FORGETTING = 1 << 17;

    private final int most;
    private final long soonNanos;
    private final long patienceNanos;
    private double limit;
    private int inFlight;
    /** Whole nanoseconds could not get slower by so little. */
    private double quickestNanos = TimeUnit.HOURS.toNanos(1);

    private long lateSinceNanos;
    private boolean isLate;

    /** Begins with the most. */
    public AdaptiveLimit(Overload overload) {
        most = overload.inFlight();
        limit = most;
        soonNanos = TimeUnit.MILLISECONDS.toNanos(overload.turnMillis());
        patienceNanos = TimeUnit.MILLISECONDS.toNanos(overload.forMillis());
    }

    /** Takes a place, which is to be given back; says whether there was one. */
    public boolean acquire() {
        if (inFlight >= current()) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Gives back a place that was held for so long, until there was an answer. */
    public void release(long heldNanos, long nowNanos) {
        boolean inUse = 2 * inFlight >= current();
        inFlight--;
        boolean isNowLate = isLate(heldNanos);
        quickestNanos = Math.min((double) heldNanos, quickestNanos + quickestNanos / FORGETTING);
        if (isNowLate) {
            late(nowNanos);
        } else {
            isLate = false;
            limit = inUse ? Math.min(most, limit + 1) : limit;
        }
    }

    /**
     * Gives back a place whose holder was not answered by whom it asked. One that failed at once says nothing of how
     * long answers take; one that had to wait for it does.
     */
    public void releaseFailed(long heldNanos, long nowNanos) {
        inFlight--;
        if (isLate(heldNanos)) {
            late(nowNanos);
        }
    }

    private boolean isLate(long heldNanos) {
        return heldNanos > soonNanos && (double) heldNanos / TOLERANCE > quickestNanos;
    }

    private void late(long nowNanos) {
        if (!isLate) {
            isLate = true;
            lateSinceNanos = nowNanos;
        } else if (nowNanos - lateSinceNanos > patienceNanos) {
            limit = Math.max(Math.min(LEAST, most), limit * DECREASE);
        }
    }

    /** How many there may be now. */
    public int current() {
        return (int) limit;
    }
}
