package io.abgate.gateway.traffic;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which routing keys an experiment has seen, by their hashes: open addressing with linear probing, no key is ever
 * forgotten. Bounded; safe for all threads without a lock; adding allocates nothing.
 */
final class KeySet {
    private static final long EMPTY = 0;
    /** Stands for the hash that marks an empty place. */
    private static final long ZERO = 0x9E3779B97F4A7C15L;

    private final AtomicLongArray places;
    private final AtomicInteger size = new AtomicInteger();
    private final int most;

    /** What became of a key. */
    enum Added {
        FIRST,
        KNOWN,
        /** It is not known, and there is no room to remember it. */
        FULL
    }

    /** One for so many keys, a power of two. */
    KeySet(int most) {
        this.most = most;
        this.places = new AtomicLongArray(2 * most);
    }

    Added add(long keyHash) {
        long key = keyHash == EMPTY ? ZERO : keyHash;
        int mask = places.length() - 1;
        for (int at = (int) key & mask; ; at = (at + 1) & mask) {
            long there = places.get(at);
            if (there == EMPTY) {
                if (size.get() >= most) {
                    return Added.FULL;
                }
                if (places.compareAndSet(at, EMPTY, key)) {
                    size.incrementAndGet();
                    return Added.FIRST;
                }
                there = places.get(at);
            }
            if (there == key) {
                return Added.KNOWN;
            }
        }
    }
}
