package io.abgate.loadtest.traffic;

import org.HdrHistogram.Histogram;

/** What is shown while a run goes on; for one event loop. */
final class LiveCounts {
    private static final long MOST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 2;
    private static final double NANOS_A_MILLI = 1e6;

    private final Histogram recent = new Histogram(MOST_NANOS, DIGITS);
    private long sent;
    private long failed;
    private long missed;
    private int inFlight;

    void sent() {
        sent++;
        inFlight++;
    }

    void missed() {
        missed++;
    }

    void ended(Outcome outcome, long latencyNanos) {
        inFlight--;
        if (outcome.isServed()) {
            recent.recordValue(Math.min(MOST_NANOS, Math.max(0, latencyNanos)));
        } else {
            failed++;
        }
    }

    int inFlight() {
        return inFlight;
    }

    /** The status now; the next one tells of the answers after it. */
    Status status(long elapsedNanos, long totalNanos, boolean isWarmUp) {
        boolean none = recent.getTotalCount() == 0;
        double p50 = none ? Double.NaN : recent.getValueAtPercentile(50) / NANOS_A_MILLI;
        double p99 = none ? Double.NaN : recent.getValueAtPercentile(99) / NANOS_A_MILLI;
        recent.reset();
        return new Status(elapsedNanos, totalNanos, isWarmUp, sent, failed, missed, inFlight, p50, p99);
    }
}
