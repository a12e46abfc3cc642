package io.abgate.loadtest.comparison;

/**
 * Cuts a run into stretches of equal length, long enough that one does not feel the queues and collections of the one
 * before, and enough of them to see how much requests of one stretch hang together.
 */
record Stretches(double seconds) {
    private static final int COUNT = 30;
    private static final double NANOS_A_SECOND = 1e9;

    /** The stretch of a moment, from 0. */
    int of(long nanos) {
        int stretch = (int) (nanos / NANOS_A_SECOND / seconds * COUNT);
        return Math.max(0, Math.min(COUNT - 1, stretch));
    }
}
