package io.abgate.gateway.inference;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;

/** Refuses an input that is not as a model's metadata says. */
final class InputCheck {
    private static final int MOST_ROWS = 1_000;

    private InputCheck() {}

    /** Whether there is nothing to refuse. */
    static boolean isGood(Tensor input, TensorSpec expected) {
        boolean sameKind = (input.datatype() == Datatype.BYTES) == (expected.datatype() == Datatype.BYTES);
        return sameKind
                && input.name().equals(expected.name())
                && fits(input.shape(), expected.shape())
                && !isEmpty(input)
                && input.rows() <= MOST_ROWS;
    }

    static void check(Tensor input, TensorSpec expected) {
        if (!isGood(input, expected)) {
            refuse(input, expected);
        }
    }

    private static boolean isEmpty(Tensor input) {
        for (long dimension : input.shape()) {
            if (dimension == 0) {
                return true;
            }
        }
        return false;
    }

    private static void refuse(Tensor input, TensorSpec expected) {
        Check.that(input.name().equals(expected.name()), "input", input.name(), describe(expected));
        boolean sameKind = (input.datatype() == Datatype.BYTES) == (expected.datatype() == Datatype.BYTES);
        Check.that(sameKind, "datatype of " + input.name(), input.datatype(), describe(expected));
        Check.that(fits(input.shape(), expected.shape()), shapeOf(input), input.shape(), describe(expected));
        Check.that(!isEmpty(input), shapeOf(input), input.shape(), "at least one row, and no dimension of 0");
        // signing and printing a row takes an event loop some microseconds, whatever the model takes
        Check.that(input.rows() <= MOST_ROWS, shapeOf(input), input.shape(), "at most " + MOST_ROWS + " rows");
    }

    /** What a model takes, in one phrase. */
    static String describe(TensorSpec expected) {
        String numbers = expected.datatype().isNumeric() ? " or another numeric datatype" : "";
        return "one input " + expected.name() + ", " + expected.datatype() + numbers + ", of shape " + expected.shape()
                + ", where -1 is free";
    }

    /** A last dimension of 1 may be left out or added. */
    private static boolean fits(List<Long> came, List<Long> expected) {
        int longer = Math.max(came.size(), expected.size());
        for (int i = 0; i < longer; i++) {
            long due = i < expected.size() ? expected.get(i) : 1;
            long dimension = i < came.size() ? came.get(i) : 1;
            if (due >= 0 && dimension != due) {
                return false;
            }
        }
        return !came.isEmpty() && Math.abs(came.size() - expected.size()) <= 1;
    }

    private static String shapeOf(Tensor input) {
        return "shape of " + input.name();
    }
}
