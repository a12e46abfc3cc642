package io.abgate.loadtest.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What came of each arrival, in the order of arrivals: columns, 43 bytes an arrival. Times are nanoseconds. */
public final class Observations {
    private static final int FIRST_CAPACITY = 4096;
    private static final byte UNKNOWN = -1;

    private final List<String> versions;
    private final boolean isReplay;
    private int size;
    private long[] intended = new long[FIRST_CAPACITY];
    private long[] latency = new long[FIRST_CAPACITY];
    private long[] late = new long[FIRST_CAPACITY];
    private int[] row = new int[FIRST_CAPACITY];
    private int[] turn = new int[FIRST_CAPACITY];
    private int[] key = new int[FIRST_CAPACITY];
    private short[] version = new short[FIRST_CAPACITY];
    private Outcome[] outcome = new Outcome[FIRST_CAPACITY];
    private byte[] right = new byte[FIRST_CAPACITY];

    /** None yet; {@code versions} are those that requests name. */
    public Observations(List<String> versions) {
        this.versions = new ArrayList<>(versions);
        this.isReplay = !versions.isEmpty();
    }

    /** Adds an arrival that was sent, or is about to be; gives its place. */
    int add(long intendedNanos, long lateNanos, Plan.Step step) {
        ensureRoom();
        intended[size] = intendedNanos;
        late[size] = lateNanos;
        row[size] = step.row();
        turn[size] = step.turn();
        key[size] = step.key();
        version[size] = (short) step.version();
        outcome[size] = Outcome.OPEN;
        right[size] = UNKNOWN;
        return size++;
    }

    /** Says how one ended without an answer that counts. */
    void end(int place, Outcome how, long latencyNanos) {
        outcome[place] = how;
        latency[place] = latencyNanos;
    }

    /** Says who answered one. */
    void answered(int place, Outcome how, long latencyNanos, String by) {
        end(place, how, latencyNanos);
        if (how != Outcome.OTHER_VERSION) {
            version[place] = (short) indexOf(by);
        }
    }

    /** Says whether the answer to one was right. */
    void judged(int place, boolean isRight) {
        right[place] = (byte) (isRight ? 1 : 0);
    }

    private int indexOf(String name) {
        int index = versions.indexOf(name);
        if (index < 0) {
            index = versions.size();
            versions.add(name);
        }
        return index;
    }

    private void ensureRoom() {
        if (size == intended.length) {
            int more = size * 2;
            intended = Arrays.copyOf(intended, more);
            latency = Arrays.copyOf(latency, more);
            late = Arrays.copyOf(late, more);
            row = Arrays.copyOf(row, more);
            turn = Arrays.copyOf(turn, more);
            key = Arrays.copyOf(key, more);
            version = Arrays.copyOf(version, more);
            outcome = Arrays.copyOf(outcome, more);
            right = Arrays.copyOf(right, more);
        }
    }

    /** Versions that were named or that answered; observations speak of them by their place here. */
    public List<String> versions() {
        return Collections.unmodifiableList(versions);
    }

    /** Whether requests name their version; else a request that fails tells nobody whom it went to. */
    public boolean isReplay() {
        return isReplay;
    }

    public int size() {
        return size;
    }

    /** When it was to be sent, from the start of the measurement. */
    public long intended(int place) {
        return intended[place];
    }

    /** From when it was to be sent to the last byte of its answer. */
    public long latency(int place) {
        return latency[place];
    }

    /** How much later than intended it was sent. */
    public long late(int place) {
        return late[place];
    }

    public int row(int place) {
        return row[place];
    }

    /** Arrivals of one turn sent the same row. */
    public int turn(int place) {
        return turn[place];
    }

    /** Number of its routing key; without keys one of its own. */
    public int key(int place) {
        return key[place];
    }

    /** Place of the version that it named or that answered it; negative when there is none. */
    public int version(int place) {
        return version[place];
    }

    public Outcome outcome(int place) {
        return outcome[place];
    }

    /** Whether nobody knows which version it was meant for: it failed unnamed, or a stand-in answered. */
    public boolean isUnclaimed(int place) {
        return version[place] < 0 || outcome[place] == Outcome.FALLBACK;
    }

    /** Whether it was sent, has ended, and its truth is known; what failed is not right. */
    public boolean isJudged(int place) {
        return right[place] != UNKNOWN;
    }

    public boolean isRight(int place) {
        return right[place] == 1;
    }
}
