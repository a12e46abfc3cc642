package io.abgate.gateway.inference;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import java.util.Arrays;
import java.util.List;

/** The elements of one input as they come, before datatype and shape need be known. */
final class Elements {
    private static final int FIRST_CAPACITY = 16;

    private double[] numbers = {};
    private String[] strings = {};
    private int numberCount;
    private int stringCount;
    private int truthCount;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private double unwhole;

    /** How many there are. */
    int count() {
        return numberCount + stringCount;
    }

    void addNumber(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(Check.message("data", number, "finite numbers"));
        }
        if (numberCount == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(FIRST_CAPACITY, 2 * numberCount));
        }
        numbers[numberCount++] = number;
        smallest = Math.min(smallest, number);
        largest = Math.max(largest, number);
        unwhole = number == Math.rint(number) ? unwhole : number;
    }

    void addTruth(boolean truth) {
        addNumber(truth ? 1 : 0);
        truthCount++;
    }

    void addString(String string) {
        if (stringCount == strings.length) {
            strings = Arrays.copyOf(strings, Math.max(FIRST_CAPACITY, 2 * stringCount));
        }
        strings[stringCount++] = string;
    }

    /**
     * The elements as a tensor.
     *
     * @throws IllegalArgumentException when they are of another datatype, or not as many as the shape says
     */
    Tensor toTensor(String name, Datatype datatype, List<Long> shape) {
        if (!isSound(datatype)) {
            refuse(name, datatype);
        }
        return datatype == Datatype.BYTES
                ? Tensor.ofStrings(name, shape, Arrays.copyOf(strings, stringCount))
                : Tensor.ofNumbers(name, datatype, shape, Arrays.copyOf(numbers, numberCount));
    }

    /** Whether they all are of a datatype. */
    boolean isSound(Datatype datatype) {
        if (datatype == Datatype.BYTES) {
            return numberCount == 0;
        }
        NumberRange range = NumberRange.of(datatype);
        return stringCount == 0
                && (truthCount == 0 || datatype == Datatype.BOOL)
                && (!range.whole() || unwhole == 0)
                && (numberCount == 0 || (smallest >= range.from() && largest <= range.to()));
    }

    private void refuse(String name, Datatype datatype) {
        Check.that(datatype != Datatype.BYTES, "data of " + name, "numbers", "strings, as datatype BYTES says");
        String data = "data of " + name;
        Check.that(stringCount == 0, data, "strings", "numbers, as datatype " + datatype + " says");
        Check.that(
                truthCount == 0 || datatype == Datatype.BOOL,
                data,
                "true or false",
                "numbers, as datatype " + datatype + " says");
        NumberRange range = NumberRange.of(datatype);
        Check.that(!range.whole() || unwhole == 0, data, unwhole, "whole numbers, as datatype " + datatype + " says");
        checkRange(data, range);
    }

    private void checkRange(String data, NumberRange range) {
        if (numberCount > 0) {
            Check.that(smallest >= range.from(), data, smallest, range.toString());
            Check.that(largest <= range.to(), data, largest, range.toString());
        }
    }
}
