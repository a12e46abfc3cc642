package io.abgate.registry.domain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64, the 64-bit hash that assignments and hashed words hang on.
 *
 * <p>Yann Collet, <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">xxHash fast digest
 * algorithm</a>. Own code, because an assignment must be the same on every platform and in every release.
 */
public final class XxHash64 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE_BYTES = 32;

    private XxHash64() {}

    /** Hash of all {@code bytes}, to be read as an unsigned number; another {@code seed} gives another function. */
    public static long hash(byte[] bytes, long seed) {
        return hash(bytes, 0, bytes.length, seed);
    }

    /** The same of the bytes from {@code from} to before {@code to}. */
    public static long hash(byte[] bytes, int from, int to, long seed) {
        int striped = from + ((to - from) & -STRIPE_BYTES);
        long start = striped == from ? seed + PRIME_5 : stripes(bytes, from, striped, seed);
        return avalanche(tail(bytes, striped, to, start + (to - from)));
    }

    private static long stripes(byte[] bytes, int from, int to, long seed) {
        long lane1 = seed + PRIME_1 + PRIME_2;
        long lane2 = seed + PRIME_2;
        long lane3 = seed;
        long lane4 = seed - PRIME_1;
        for (int at = from; at < to; at += STRIPE_BYTES) {
            lane1 = round(lane1, (long) LONGS.get(bytes, at));
            lane2 = round(lane2, (long) LONGS.get(bytes, at + 8));
            lane3 = round(lane3, (long) LONGS.get(bytes, at + 16));
            lane4 = round(lane4, (long) LONGS.get(bytes, at + 24));
        }
        long hash = Long.rotateLeft(lane1, 1)
                + Long.rotateLeft(lane2, 7)
                + Long.rotateLeft(lane3, 12)
                + Long.rotateLeft(lane4, 18);
        return merge(merge(merge(merge(hash, lane1), lane2), lane3), lane4);
    }

    private static long tail(byte[] bytes, int from, int to, long start) {
        long hash = start;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONGS.get(bytes, at)), 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= to) {
            long word = Integer.toUnsignedLong((int) INTS.get(bytes, at));
            hash = Long.rotateLeft(hash ^ (word * PRIME_1), 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < to; at++) {
            hash = Long.rotateLeft(hash ^ (Byte.toUnsignedLong(bytes[at]) * PRIME_5), 11) * PRIME_1;
        }
        return hash;
    }

    private static long round(long lane, long word) {
        return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
        mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
        return mixed ^ (mixed >>> 32);
    }
}
