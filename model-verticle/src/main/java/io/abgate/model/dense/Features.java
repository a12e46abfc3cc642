package io.abgate.model.dense;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The elements of one encoded row that are not zero: a buffer that an encoder fills again and again. */
public final class Features {
    private static final int INITIAL_CAPACITY = 64;

    private int[] indexes;
    private double[] values;
    private int count;
    private @Nullable IndexSet marked;

    /** An empty row. */
    public Features() {
        this(new int[INITIAL_CAPACITY], new double[INITIAL_CAPACITY], 0);
    }

    private Features(int[] indexes, double[] values, int count) {
        this.indexes = indexes;
        this.values = values;
        this.count = count;
    }

    /** How many elements are not zero. */
    public int count() {
        return count;
    }

    /** Index of the i-th element that is not zero. */
    public int index(int i) {
        return indexes[i];
    }

    /** The i-th element that is not zero. */
    public double value(int i) {
        return values[i];
    }

    /** A copy that later encodings do not change. */
    public Features copy() {
        return new Features(Arrays.copyOf(indexes, count), Arrays.copyOf(values, count), count);
    }

    /** Makes every element zero. */
    public void clear() {
        count = 0;
    }

    /** Sets an element that was not set before; zero is left out. */
    public void add(int index, double value) {
        if (value == 0) {
            return;
        }
        if (count == indexes.length) {
            grow();
        }
        indexes[count] = index;
        values[count++] = value;
    }

    private void grow() {
        int capacity = Math.max(INITIAL_CAPACITY, 2 * count);
        indexes = Arrays.copyOf(indexes, capacity);
        values = Arrays.copyOf(values, capacity);
    }

    /** Notes that an element is to be 1; noted twice is noted once. */
    void mark(int index) {
        if (marked == null) {
            marked = new IndexSet();
        }
        marked.add(index);
    }

    /** Adds a 1 for every noted element, in ascending order, so that the order of words changes no bit. */
    void takeMarked() {
        if (marked != null) {
            marked.drain(index -> add(index, 1));
        }
    }

    /** Equal rows have the same elements in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Features that
                && Arrays.equals(indexes, 0, count, that.indexes, 0, that.count)
                && Arrays.equals(values, 0, count, that.values, 0, that.count);
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + (indexes[i] ^ Double.hashCode(values[i]));
        }
        return hash;
    }
}
