package io.abgate.gateway.traffic;

import io.abgate.registry.domain.TrafficCount;
import org.jspecify.annotations.Nullable;

/** Counts alike requests of one time; each is told here how it ended. For one context. */
public final class Tally {
    /** Of requests that count for nothing. */
    static final Tally NONE = new Tally(null, 0, 0, false);

    private final @Nullable ModelTraffic model;
    private final long epoch;
    private final int version;
    private final boolean units;
    private long requests;
    private long rows;
    private long failed;
    private long slow;
    private boolean closed;

    /**
     * A tally at zero.
     *
     * @param model whose requests they are; null to count nothing
     * @param units whether they count for comparisons
     */
    Tally(@Nullable ModelTraffic model, long epoch, int version, boolean units) {
        this.model = model;
        this.epoch = epoch;
        this.version = version;
        this.units = units;
    }

    /**
     * A request was answered.
     *
     * @param byAssigned whether by the version that it was assigned to
     */
    public void answered(boolean byAssigned, int answeredRows, long tookNanos) {
        over(!byAssigned, answeredRows, tookNanos);
    }

    /** A request was refused for its input, which is the application's fault and no version's. */
    public void refused(long tookNanos) {
        over(false, 0, tookNanos);
    }

    /**
     * A request was refused because the gateway had taken on too much, before its version was asked: no version's
     * failure, yet a unit, as to leave it out would look like lost traffic.
     */
    public void shed(long tookNanos) {
        over(false, 0, tookNanos);
    }

    /** A request was answered by nobody. */
    public void failed(long tookNanos) {
        over(true, 0, tookNanos);
    }

    private void over(boolean isFailed, int answeredRows, long tookNanos) {
        if (model == null) {
            return;
        }
        if (closed) {
            model.lost();
            return;
        }
        requests++;
        rows += answeredRows;
        failed += isFailed ? 1 : 0;
        slow += model.isSlow(tookNanos) ? 1 : 0;
    }

    /** What was counted; what ends later is lost. */
    TrafficCount close() {
        closed = true;
        return units
                ? new TrafficCount(epoch, version, requests, rows, requests, failed, slow)
                : new TrafficCount(epoch, version, requests, rows, 0, 0, 0);
    }
}
