package io.abgate.loadtest.traffic;

import java.util.SplittableRandom;

/**
 * Which routing key a request carries.
 *
 * @param count {@link #NONE} sends none, {@link #PER_REQUEST} a new one with each request, else one of so many by chance
 */
public record Keys(int count) {
    public static final int NONE = 0;
    public static final int PER_REQUEST = -1;

    /** The number of the key of an arrival; without keys every request is a unit by itself. */
    int number(int arrival, SplittableRandom random) {
        return count > 0 ? random.nextInt(count) : arrival;
    }

    /** How the key with this number is spelled. */
    String spelled(int number) {
        return "loadtest-" + number;
    }

    /** Whether requests carry a key. */
    public boolean isSent() {
        return count != NONE;
    }
}
