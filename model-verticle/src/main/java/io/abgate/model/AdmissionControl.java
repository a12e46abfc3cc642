package io.abgate.model;

/**
 * Admission control of one replica, which answers one request after the other: it takes on no more than can be answered
 * while its senders wait. What a row costs is measured at warm-up and then with each answer, of which one alone moves it
 * by no more than an eighth: a pause of the collector is not the model's. Rows are of a usual size, times are
 * nanoseconds; for one context.
 */
final class AdmissionControl {
    /** Requests that are taken on at once. */
    static final int MOST = 64;

    private static final int WEIGHT = 8;

    private int requests;
    private long rows;
    private double rowNanos;

    AdmissionControl(long rowNanos) {
        this.rowNanos = Math.max(1, rowNanos);
    }

    /** Admits a request of so many rows, which is to leave again, if there is time enough for it; says whether it did. */
    boolean admit(long more, long withinNanos) {
        // who finds nobody waiting is always admitted, or a wrong measure would stay for ever
        boolean isInTime = requests == 0 || (rows + more) * rowNanos <= withinNanos;
        if (requests >= MOST || !isInTime) {
            return false;
        }
        requests++;
        rows += more;
        return true;
    }

    /** A request that was admitted is over. */
    void leave(long its) {
        requests--;
        rows -= its;
    }

    /** So many rows were answered in so long. */
    void answered(long its, long tookNanos) {
        double each = Math.min(Math.max(1, (double) tookNanos / its), 2 * rowNanos);
        rowNanos += (each - rowNanos) / WEIGHT;
    }
}
