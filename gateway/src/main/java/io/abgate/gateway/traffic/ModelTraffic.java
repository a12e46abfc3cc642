package io.abgate.gateway.traffic;

import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.TrafficCount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of one model on one context, by when they arrived: a request is told with all that arrived in its
 * time, once every one of them must have ended. Told by when they end, a slow version's requests would always be some
 * behind, and look like lost ones. Counting a request without a key allocates nothing.
 */
public final class ModelTraffic {
    /** Deadlines that one request may use up: of the assigned version and of those that answer in its place. */
    private static final int ATTEMPTS = 3;

    private static final long SLACK_MILLIS = 250;
    private static final int SLOTS = 8;

    private final long slotNanos;
    private final long slowNanos;
    private final Experiments experiments;
    private final @Nullable Slot[] slots = new @Nullable Slot[SLOTS];
    private final List<TrafficCount> closed = new ArrayList<>();
    private final IdCounts ids = new IdCounts();
    private @Nullable Slot newest;
    private long newestNanos;
    private @Nullable KeySet keys;
    private long keysEpoch;
    private long uncounted;
    private long lost;

    ModelTraffic(ModelSettings settings, Experiments experiments) {
        this.slotNanos = TimeUnit.MILLISECONDS.toNanos(
                ATTEMPTS * (long) settings.serving().deadlineMillis() + SLACK_MILLIS);
        this.slowNanos = TimeUnit.MILLISECONDS.toNanos(
                settings.rollout().traffic().guardrails().slowMillis());
        this.experiments = experiments;
    }

    /**
     * What was counted, in no order.
     *
     * @param counts several of one epoch and version may be there
     * @param ids of a time, all that were given
     */
    record Counted(List<TrafficCount> counts, long uncounted, long lost, List<IssuedIds.Rows> ids) {}

    /**
     * A request was assigned.
     *
     * @param counts whether the shares of the table had their say: not of a pinned request
     * @param keyed whether it came with a routing key
     * @param arrivedNanos of a clock that never steps: now, or a moment ago
     * @return what is to be told how it ended
     */
    public Tally arrived(
            RouteTable table, RoutedVersion version, boolean counts, boolean keyed, long keyHash, long arrivedNanos) {
        if (!counts) {
            return Tally.NONE;
        }
        Slot.Cell cell = slot(arrivedNanos).cell(table, version);
        return cell.isTossed() && (!keyed || isFirst(table, keyHash)) ? cell.units() : cell.others();
    }

    /**
     * The rows of an answer got their ids, on the thread and at once with the clock's reading.
     *
     * @param timeMillis the time in the ids
     */
    public void issued(int version, int rows, long timeMillis) {
        ids.add(version, rows, timeMillis);
    }

    private long number(long nanos) {
        return Math.floorDiv(nanos, slotNanos);
    }

    private Slot slot(long arrivedNanos) {
        Slot slot = newest;
        long into = arrivedNanos - newestNanos; // a division for each request would cost more than all the rest
        if (slot != null && into >= 0 && into < slotNanos) {
            return slot;
        }
        long number = number(arrivedNanos);
        slot = open(number);
        newest = slot;
        newestNanos = number * slotNanos;
        return slot;
    }

    private Slot open(long number) {
        int at = (int) (number & (SLOTS - 1));
        Slot slot = slots[at];
        if (slot == null || slot.number != number) {
            if (slot != null) { // nobody has collected for long
                closed.addAll(slot.close());
            }
            slot = new Slot(number, this);
            slots[at] = slot;
        }
        return slot;
    }

    private boolean isFirst(RouteTable table, long keyHash) {
        KeySet seen = keys;
        if (seen == null || keysEpoch != table.epoch()) {
            seen = experiments.keys(table.salt());
            keys = seen;
            keysEpoch = table.epoch();
        }
        KeySet.Added added = seen.add(keyHash);
        uncounted += added == KeySet.Added.FULL ? 1 : 0;
        return added == KeySet.Added.FIRST;
    }

    boolean isSlow(long tookNanos) {
        return tookNanos > slowNanos;
    }

    void lost() {
        lost++;
    }

    /** What is over by now and was not collected before, and ids of times before this one of the clock in them. */
    Counted collect(long nowNanos, long untilMillis) {
        long open = number(nowNanos) - 1; // a request of the slot before may still be under way
        for (int at = 0; at < SLOTS; at++) {
            Slot slot = slots[at];
            if (slot != null && slot.number < open) {
                closed.addAll(slot.close());
                slots[at] = null;
                newest = newest == slot ? null : newest;
            }
        }
        Counted counted = new Counted(List.copyOf(closed), uncounted, lost, ids.collect(untilMillis));
        closed.clear();
        uncounted = 0;
        lost = 0;
        return counted;
    }
}
