package io.abgate.gateway.inference;

import io.abgate.registry.domain.Datatype;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which numbers a datatype can hold: {@code from} to {@code to}, both inclusive. */
record NumberRange(Datatype datatype, double from, double to, boolean whole) {
    private static final Map<Datatype, NumberRange> RANGES = Arrays.stream(Datatype.values())
            .filter(Datatype::isNumeric)
            .collect(Collectors.toMap(
                    Function.identity(), NumberRange::make, (one, other) -> one, () -> new EnumMap<>(Datatype.class)));

    static NumberRange of(Datatype datatype) {
        NumberRange range = RANGES.get(datatype);
        return range == null ? make(datatype) : range;
    }

    private static NumberRange make(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> new NumberRange(datatype, 0, 1, true);
            case INT8, INT16, INT32, INT64 -> signed(datatype);
            case UINT8, UINT16, UINT32, UINT64 -> unsigned(datatype);
            case FP32 -> new NumberRange(datatype, -Float.MAX_VALUE, Float.MAX_VALUE, false);
            case FP64 -> new NumberRange(datatype, -Double.MAX_VALUE, Double.MAX_VALUE, false);
            case BYTES -> throw new IllegalArgumentException("BYTES are no numbers");
        };
    }

    @Override
    public String toString() {
        return datatype + " from " + from + " to " + to;
    }

    private static NumberRange signed(Datatype datatype) {
        double half = Math.scalb(1.0, datatype.width() * Byte.SIZE - 1);
        return new NumberRange(datatype, -half, half - 1, true);
    }

    private static NumberRange unsigned(Datatype datatype) {
        return new NumberRange(datatype, 0, Math.scalb(1.0, datatype.width() * Byte.SIZE) - 1, true);
    }
}
