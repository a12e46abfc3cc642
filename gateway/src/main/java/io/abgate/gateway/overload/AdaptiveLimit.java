package io.abgate.gateway.overload;

/**
 * How many requests may wait for other threads or nodes at a time: one more with each that comes back soon while the
 * limit is in use, a tenth less with each that comes back late (additive increase, multiplicative decrease: Chiu and
 * Jain, Computer Networks 17, 1989; the form is that of Netflix's concurrency-limits). For one event loop's thread.
 */
public final class AdaptiveLimit {
    private static final double DECREASE = 0.9;
    private static final int LEAST = 16;

    private final long lateNanos;
    private final int most;
    private double limit;
    private int inFlight;

    /** Begins with the most; what takes longer than {@code lateNanos} is late. */
    public AdaptiveLimit(int most, long lateNanos) {
        this.most = most;
        this.lateNanos = lateNanos;
        this.limit = most;
    }

    /** Takes a place, which is to be given back; says whether there was one. */
    public boolean acquire() {
        if (inFlight >= current()) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Gives back a place that was held for so long. */
    public void release(long heldNanos) {
        boolean inUse = 2 * inFlight >= current();
        inFlight--;
        if (heldNanos > lateNanos) {
            limit = Math.max(Math.min(LEAST, most), limit * DECREASE);
        } else if (inUse) {
            limit = Math.min(most, limit + 1);
        }
    }

    /** How many there may be now. */
    public int current() {
        return (int) limit;
    }
}
