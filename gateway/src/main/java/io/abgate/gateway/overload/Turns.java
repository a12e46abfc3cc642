package io.abgate.gateway.overload;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The turns of one event loop: it takes what has arrived in all sockets, then looks again, so that requests wait there for
 * about as long as a turn takes. A standing queue is one that does not go away: when turns have been too long for a
 * while, each takes on no more than fits, until none has been too long for three times as long (the idea of CoDel:
 * Nichols and Jacobson, "Controlling queue delay", ACM Queue 10(5), 2012). One long turn, as a garbage collection makes
 * it, is no queue; nor are a few requests that take long, because code is cold; nor are turns in which others had the
 * processor; nor is one short turn the end of a queue, as clients that are many pause too. Times are nanoseconds of a
 * monotonic clock; for the loop's thread alone.
 */
public final class Turns {
    /** A process that is not given the processor has one turn that is as long as any time. */
    private static final int LONG_TURNS = 3;

    private static final int CALM = 3;
    private static final int KILOBYTE_BITS = 10;

    private final long targetNanos;
    private final long patienceNanos;
    private final int atLeast;
    private final LongSupplier processorNanos;
    private boolean isOpen;
    private long startNanos;
    private long lastNanos;
    private int taken;
    private boolean isOverloaded;
    private int longTurns;
    private long longSinceNanos;
    private long lastLongNanos;
    private long startProcessorNanos;

    /**
     * Turns as operators want them.
     *
     * @param processorNanos what the loop's thread has spent on processors; asked only while turns are long
     */
    public Turns(Overload overload, LongSupplier processorNanos) {
        this.processorNanos = processorNanos;
        targetNanos = TimeUnit.MILLISECONDS.toNanos(overload.turnMillis());
        patienceNanos = TimeUnit.MILLISECONDS.toNanos(overload.forMillis());
        atLeast = overload.atLeast();
    }

    /** Whether this is the first request of a turn, so that {@link #end} has to be called when the turn is over. */
    public boolean begins(long nowNanos) {
        if (isOpen) {
            return false;
        }
        isOpen = true;
        isOverloaded = isOverloaded && nowNanos - lastLongNanos <= CALM * patienceNanos;
        startNanos = nowNanos;
        lastNanos = nowNanos;
        taken = 0;
        if (longTurns > 0) {
            startProcessorNanos = processorNanos.getAsLong();
        }
        return true;
    }

    /** Whether a request that is looked at now would be refused, as far as is known before its turn is asked for. */
    public boolean isFull(long nowNanos) {
        return isOpen && isOverloaded && taken >= atLeast && nowNanos - startNanos > targetNanos;
    }

    /** Whether a request of so many bytes that is looked at now is to be answered, and not refused. */
    public boolean takes(long nowNanos, int bytes) {
        lastNanos = nowNanos;
        if (isFull(nowNanos)) {
            return false;
        }
        taken += 1 + (bytes >> KILOBYTE_BITS);
        return true;
    }

    /** A request of the turn was answered; the clock is read no more often than for that. */
    public void answered(long nowNanos) {
        lastNanos = nowNanos;
    }

    /** The turn is over. */
    public void end() {
        isOpen = false;
        if (lastNanos - startNanos <= targetNanos || taken < atLeast || !isWork()) {
            longTurns = 0;
            return;
        }
        longSinceNanos = longTurns == 0 ? startNanos : longSinceNanos;
        longTurns++;
        lastLongNanos = lastNanos;
        isOverloaded |= longTurns >= LONG_TURNS && lastNanos - longSinceNanos > patienceNanos;
    }

    /** Whether the turn, if it is not the first long one, was spent on work for the half of what it may take. */
    private boolean isWork() {
        return longTurns == 0 || 2 * (processorNanos.getAsLong() - startProcessorNanos) > targetNanos;
    }
}
