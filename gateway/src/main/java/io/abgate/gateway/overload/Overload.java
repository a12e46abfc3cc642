package io.abgate.gateway.overload;

import io.abgate.registry.domain.Check;

/**
 * From when on an event loop refuses predictions with 503, as operators say it.
 *
 * @param turnMillis how long a turn of the loop may take; it is as long as anybody waits in the socket
 * @param forMillis how long turns must have been longer than that, one after the other, before any request is refused
 * @param atLeast requests that a turn answers, however long that takes; a large one counts once more for each kilobyte
 * @param inFlight predictions that wait for other threads or nodes at a time, at most; fewer as they get slow
 * @param bodyMegabytes of request bodies that are still arriving, at a time
 */
public record Overload(int turnMillis, int forMillis, int atLeast, int inFlight, int bodyMegabytes) {
    /** What is shipped. */
    public static final Overload DEFAULT = new Overload(5, 100, 64, 1_000, 64);

    /** The largest of each. */
    public static final int MOST = 1_000_000;

    public Overload {
        requireSome("turnMillis", turnMillis);
        requireSome("forMillis", forMillis);
        requireSome("atLeast", atLeast);
        requireSome("inFlight", inFlight);
        requireSome("bodyMegabytes", bodyMegabytes);
    }

    /** The same with another bound of what is in flight. */
    public Overload withInFlight(int most) {
        return new Overload(turnMillis, forMillis, atLeast, most, bodyMegabytes);
    }

    private static void requireSome(String name, int value) {
        Check.that(value > 0 && value <= MOST, "data.overload." + name, value, "1 to " + MOST);
    }
}
