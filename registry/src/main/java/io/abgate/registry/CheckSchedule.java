package io.abgate.registry;

import io.abgate.registry.policy.Fall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When the checks of one model come by themselves, at a fixed rate and one at a time, and what the newest of them found.
 * A check that is long past, or of another version, says nothing of the champion as it is now.
 */
final class CheckSchedule {
    /** Within so long whoever does checks will be there, when it starts with the registry or right after it. */
    private static final long STARTING_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** After so many periods without a check those before are stale. */
    private static final int FRESH_PERIODS = 3;

    private final long periodNanos;
    private final Deque<Optional<Fall>> falls = new ArrayDeque<>();
    private long dueNanos;
    private long foundNanos;
    private int version;
    private boolean underWay;
    private boolean unattended;
    private String lastTrouble = "";

    /** A schedule whose first check is due at once; never when the period is 0. */
    CheckSchedule(int everySeconds, long nowNanos) {
        this.periodNanos = TimeUnit.SECONDS.toNanos(everySeconds);
        this.dueNanos = nowNanos;
    }

    /** Whether a check is to begin now; the next one is due a period after this one was, not after it began. */
    boolean begins(long nowNanos) {
        if (periodNanos == 0 || underWay || nowNanos - dueNanos < 0) {
            return false;
        }
        underWay = true;
        long missed = (nowNanos - dueNanos) / periodNanos; // of those that could not begin, none is caught up
        dueNanos += (missed + 1) * periodNanos;
        return true;
    }

    /** The check that began has ended. */
    void over() {
        underWay = false;
        unattended = false;
    }

    /** Nobody did the check that began. Whether that may be a start, so that it is soon tried again: only once. */
    boolean isTriedAgain(long nowNanos) {
        boolean isFirst = !unattended;
        over();
        unattended = true;
        if (isFirst && dueNanos - nowNanos > STARTING_NANOS) {
            dueNanos = nowNanos + STARTING_NANOS;
        }
        return isFirst;
    }

    /** Whether this, which is empty when all went well, is another trouble than the last check had. */
    boolean isNewTrouble(String trouble) {
        boolean isNew = !trouble.isEmpty() && !trouble.equals(lastTrouble);
        lastTrouble = trouble;
        return isNew;
    }

    /** How far a check found the version to have fallen; empty when there was nothing to compare with. */
    void found(int ofVersion, Optional<Fall> fall, long nowNanos, int keep) {
        if (ofVersion != version || nowNanos - foundNanos > FRESH_PERIODS * periodNanos) {
            falls.clear();
        }
        version = ofVersion;
        foundNanos = nowNanos;
        falls.addLast(fall);
        while (falls.size() > keep) {
            falls.removeFirst();
        }
    }

    /** What the newest checks found, oldest first. */
    List<Optional<Fall>> fresh() {
        return List.copyOf(falls);
    }
}
