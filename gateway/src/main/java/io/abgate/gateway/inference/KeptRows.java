package io.abgate.gateway.inference;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which rows of an answer go to the sample table: the first within the budget, and those whose label is asked for. The lot
 * that asks knows neither key, version nor answer, so that the labels it brings speak for all predictions alike.
 */
final class KeptRows {
    private static final int[] NONE = {};

    private final int first;
    private final int[] asked;

    private KeptRows(int first, int[] asked) {
        this.first = first;
        this.asked = asked;
    }

    /** The first {@code first} rows, and no label is asked for. */
    static KeptRows first(int first) {
        return new KeptRows(first, NONE);
    }

    /**
     * Draws for each row by itself.
     *
     * @param rows of the answer
     * @param first how many of them the budget keeps
     * @param oneIn the label of one in so many is asked for; 0 asks for none
     */
    static KeptRows drawn(int rows, int first, int oneIn, RandomGenerator lot) {
        if (oneIn == 0) {
            return first(first);
        }
        int[] asked = NONE;
        for (int row = 0; row < rows; row++) {
            if (lot.nextInt(oneIn) == 0) {
                asked = Arrays.copyOf(asked, asked.length + 1);
                asked[asked.length - 1] = row;
            }
        }
        return new KeptRows(first, asked);
    }

    boolean keeps(int row) {
        return row < first || isAsked(row);
    }

    /** Whether the label of a row is asked for. */
    boolean isAsked(int row) {
        return asked.length > 0 && Arrays.binarySearch(asked, row) >= 0;
    }

    boolean asksForAny() {
        return asked.length > 0;
    }

    int count() {
        return asked.length == 0
                ? first
                : first + (int) Arrays.stream(asked).filter(row -> row >= first).count();
    }

    /** All that are kept, in ascending order. */
    int[] rows() {
        return asked.length == 0
                ? IntStream.range(0, first).toArray()
                : IntStream.concat(
                                IntStream.range(0, first), Arrays.stream(asked).filter(row -> row >= first))
                        .toArray();
    }

    /** Those whose label is asked for, joined by commas. */
    String askedText() {
        StringBuilder text = new StringBuilder();
        for (int row : asked) {
            text.append(text.isEmpty() ? "" : ",").append(row);
        }
        return text.toString();
    }
}
