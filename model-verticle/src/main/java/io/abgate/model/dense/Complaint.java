package io.abgate.model.dense;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.abgate.registry.domain.Check;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in the one form of words where and why a JSON document does not fit. */
final class Complaint {
    private static final Map<Class<?>, String> TYPES = Map.of(
            double.class,
            "a number",
            double[].class,
            "an array of numbers",
            int.class,
            "a whole number",
            String.class,
            "a string");

    private Complaint() {}

    static IllegalArgumentException of(String what, JsonProcessingException e) {
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return refused;
        }
        return e instanceof JsonMappingException misfit
                ? misfit(what + path(misfit), misfit)
                : complaint(what, "not readable", "one sound JSON object, no field twice", e);
    }

    private static IllegalArgumentException misfit(String path, JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return complaint(path, "unknown", "one of " + unknown.getKnownPropertyIds(), e);
        }
        if (e instanceof InvalidTypeIdException kind) {
            return complaint(path + ".kind", kind.getTypeId() + "", "a kind that is known", e);
        }
        if (e instanceof InvalidFormatException format) {
            return complaint(path, format.getValue(), type(format.getTargetType()), e);
        }
        if (e instanceof InvalidNullException || isMissing(e)) {
            return complaint(path, "missing", "a value", e);
        }
        return e instanceof MismatchedInputException mismatch && !isTrailing(e)
                ? complaint(path, "of another type", type(mismatch.getTargetType()), e)
                : complaint(path, "not readable", "one sound JSON object, numbers in range", e);
    }

    // Jackson has no types of its own for these two
    private static boolean isMissing(JsonMappingException e) {
        String message = e.getOriginalMessage();
        return message.startsWith("Missing creator property") || message.startsWith("Null value for creator");
    }

    private static boolean isTrailing(JsonMappingException e) {
        return e.getOriginalMessage().startsWith("Trailing token");
    }

    private static String type(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        return TYPES.getOrDefault(
                type, type.isArray() || Iterable.class.isAssignableFrom(type) ? "an array" : "an object");
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream().map(Complaint::step).collect(Collectors.joining());
    }

    private static String step(JsonMappingException.Reference step) {
        return step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName();
    }

    private static IllegalArgumentException complaint(String what, Object came, String expected, Exception cause) {
        return new IllegalArgumentException(Check.message(what, came, expected), cause);
    }
}
