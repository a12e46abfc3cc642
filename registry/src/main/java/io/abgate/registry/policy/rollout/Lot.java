package io.abgate.registry.policy.rollout;

/**
 * Draws a part of all requests: by the nonce and time of their ids, which know neither key, version nor outcome, and above
 * all not how long a label took, so that what is drawn stands for all.
 */
public final class Lot {
    private Lot() {}

    /** A half, a quarter, … of all requests, for 1, 2, … halvings; each part within the one before. */
    public static boolean isDrawn(long nonce, long timeMillis, int halvings) {
        return halvings == 0 || Long.numberOfTrailingZeros(mixed(mixed(nonce) ^ timeMillis)) >= halvings;
    }

    /** The finalizer of MurmurHash3 with 64 bits: nonces that are counted up are spread. */
    private static long mixed(long number) {
        long once = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return twice ^ (twice >>> 33);
    }
}
