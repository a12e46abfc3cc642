package io.abgate.gateway.traffic;

import java.util.ArrayDeque;
import java.util.Deque;

/** The keys of the experiments of one model that this process has seen lately. Safe for all threads. */
final class Experiments {
    /** Of one experiment; 2 MiB, and keyed requests beyond it count no more. */
    static final int MOST_KEYS = 1 << 17;
    /** While tables change, event loops may be an experiment apart. */
    private static final int KEPT = 2;

    private final Deque<Seen> newestFirst = new ArrayDeque<>();

    private record Seen(String salt, KeySet keys) {}

    /** The keys of the experiment with this salt. */
    synchronized KeySet keys(String salt) {
        for (Seen seen : newestFirst) {
            if (seen.salt.equals(salt)) {
                return seen.keys;
            }
        }
        KeySet keys = new KeySet(MOST_KEYS);
        newestFirst.addFirst(new Seen(salt, keys));
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
        return keys;
    }
}
