package io.abgate.model.dense;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A set of indexes that gives them in ascending order without a sort: a bit an index, and a bit for every 64 of those,
 * so that a walk costs what is in the set and 1/4,096 of what might be.
 */
final class IndexSet {
    private long[] bits = {};
    private long[] filled = {};

    void add(int index) {
        int word = index >>> 6;
        if (word >= bits.length) {
            grow(word);
        }
        bits[word] |= 1L << index;
        filled[word >>> 6] |= 1L << word;
    }

    private void grow(int word) {
        int blocks = Math.max((word >>> 6) + 1, 2 * filled.length);
        filled = Arrays.copyOf(filled, blocks);
        bits = Arrays.copyOf(bits, blocks << 6);
    }

    /** Gives every index once, in ascending order, and is empty then. */
    void drain(IntConsumer to) {
        for (int block = 0; block < filled.length; block++) {
            for (long words = filled[block]; words != 0; words &= words - 1) {
                drainWord((block << 6) + Long.numberOfTrailingZeros(words), to);
            }
            filled[block] = 0;
        }
    }

    private void drainWord(int word, IntConsumer to) {
        for (long left = bits[word]; left != 0; left &= left - 1) {
            to.accept((word << 6) + Long.numberOfTrailingZeros(left));
        }
        bits[word] = 0;
    }
}
