package io.abgate.gateway.inference;

import io.abgate.registry.domain.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How deep the arrays of a tensor's data are nested and how long they are at each level; refuses ragged ones. */
final class Nesting {
    private static final int DEEPEST = 8;
    private static final String EXPECTED = "flat, or nested as its shape says";

    private final long[] count = new long[DEEPEST];
    private final long[] length = new long[DEEPEST];
    private int depth;
    private int elementDepth;

    Nesting() {
        Arrays.fill(length, -1);
    }

    /** An array begins. */
    void open() {
        Check.that(depth < DEEPEST, "data", "an array too deep", EXPECTED);
        Check.that(depth == 0 || depth != elementDepth, "data", "arrays and elements side by side", EXPECTED);
        if (depth > 0) {
            count[depth - 1]++;
        }
        count[depth] = 0;
        depth++;
    }

    /** An element. */
    void element() {
        Check.that(elementDepth == 0 || elementDepth == depth, "data", "arrays and elements side by side", EXPECTED);
        elementDepth = depth;
        count[depth - 1]++;
    }

    /** An array ends; says whether it was not the outermost one. */
    boolean close() {
        depth--;
        boolean first = length[depth] < 0;
        Check.that(
                first || length[depth] == count[depth],
                "data",
                "arrays of " + length[depth] + " and " + count[depth] + " elements side by side",
                EXPECTED);
        length[depth] = count[depth];
        return depth > 0;
    }

    /** Refuses nested data of another shape; a last dimension of 1 may be left out, here as there. */
    void checkFits(List<Long> shape) {
        boolean nested = length[1] >= 0;
        Check.that(!nested || trimmed(lengths()).equals(trimmed(shape)), "data", lengths(), "the shape " + shape);
    }

    private List<Long> lengths() {
        List<Long> lengths = new ArrayList<>();
        for (int level = 0; level < DEEPEST && length[level] >= 0; level++) {
            lengths.add(length[level]);
        }
        return lengths;
    }

    private static List<Long> trimmed(List<Long> shape) {
        int end = shape.size();
        while (end > 1 && shape.get(end - 1) == 1) {
            end--;
        }
        return shape.subList(0, end);
    }
}
