package io.abgate.loadtest.traffic;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which row an arrival sends and where to.
 *
 * <p>Rows come in their order, again and again. With pinned versions, neighbouring arrivals send the same row to each of
 * them, in an order drawn anew every time, so that no version always follows another.
 */
public final class Plan {
    private final int rows;
    private final List<String> pinned;
    private final Keys keys;
    private final long seed;
    private final SplittableRandom random;
    private final int[] order;
    private int arrival;

    /**
     * A plan from its beginning.
     *
     * @param pinned versions; empty lets the gateway choose
     */
    public Plan(int rows, List<String> pinned, Keys keys, long seed) {
        this.rows = rows;
        this.pinned = List.copyOf(pinned);
        this.keys = keys;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.order = IntStream.range(0, pinned.size()).toArray();
    }

    /**
     * One arrival.
     *
     * @param version place in the list of pinned ones; {@link #CHOSEN} where the gateway chooses
     * @param turn arrivals with the same one send the same row
     * @param key number of the routing key
     */
    record Step(int row, int version, int turn, int key) {
        static final int CHOSEN = -1;
    }

    /** The next arrival. */
    Step next() {
        int turn = pinned.isEmpty() ? arrival : arrival / pinned.size();
        int place = pinned.isEmpty() ? 0 : arrival % pinned.size();
        if (place == 0) {
            shuffle();
        }
        int version = pinned.isEmpty() ? Step.CHOSEN : order[place];
        return new Step(turn % rows, version, turn, keys.number(arrival++, random));
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    /** Versions that requests name in their URL. */
    List<String> pinned() {
        return pinned;
    }

    Keys keys() {
        return keys;
    }

    /** The same plan from its beginning. */
    Plan again() {
        return new Plan(rows, pinned, keys, seed);
    }
}
