package io.abgate.registry.domain;

import java.util.List;

/**
 * A named input in row-major order, as the Open Inference Protocol v2 has it. A numeric tensor has {@code numbers} and
 * no strings, a BYTES tensor has {@code strings} and no numbers. The arrays are not copied and must not be changed.
 *
 * @param name of the input
 * @param datatype of its elements
 * @param shape its dimensions, none negative; their product is the number of elements
 * @param numbers elements of a numeric tensor, else empty
 * @param strings elements of a BYTES tensor, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // a value of the hot path: compared by nobody
public record Tensor(String name, Datatype datatype, List<Long> shape, double[] numbers, String[] strings) {
    private static final double[] NO_NUMBERS = {};
    private static final String[] NO_STRINGS = {};

    public Tensor {
        shape = List.copyOf(shape);
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0) { // asked for every prediction, so the message is made when it is needed
                throw new IllegalArgumentException(Check.message("shape of " + name, shape, "no negative dimension"));
            }
            elements = Math.multiplyExact(elements, dimension);
        }
        long came = datatype.isNumeric() ? numbers.length : strings.length;
        if (came != elements) {
            throw new IllegalArgumentException(
                    Check.message("elements of " + name, came, elements + ", as its shape " + shape + " says"));
        }
    }

    /** A numeric tensor. */
    public static Tensor ofNumbers(String name, Datatype datatype, List<Long> shape, double[] numbers) {
        return new Tensor(name, datatype, shape, numbers, NO_STRINGS);
    }

    /** A BYTES tensor. */
    public static Tensor ofStrings(String name, List<Long> shape, String[] strings) {
        return new Tensor(name, Datatype.BYTES, shape, NO_NUMBERS, strings);
    }

    /** The first dimension: how many rows; a tensor without dimensions has one. */
    public int rows() {
        return shape.isEmpty() ? 1 : Math.toIntExact(shape.get(0));
    }

    /** Elements in a row: the product of the other dimensions. */
    public int columns() {
        int columns = 1;
        for (int i = 1; i < shape.size(); i++) {
            columns = Math.multiplyExact(columns, Math.toIntExact(shape.get(i)));
        }
        return columns;
    }
}
