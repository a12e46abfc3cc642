package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Refusal;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ShortDuration;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Typed reading of an operation's parameters; whatever does not fit is refused with what came and was expected. */
final class Parameters {
    private final JsonObject body;

    private Parameters(JsonObject body) {
        this.body = body;
    }

    /** Parameters of an operation, which may have no others than these. */
    static Parameters of(Operation operation, String... allowed) {
        JsonObject body;
        try {
            body = new JsonObject(operation.body());
        } catch (DecodeException | ClassCastException e) {
            throw Failure.INVALID.because("body: not a JSON object (expected: an object with " + names(allowed) + ")");
        }
        Set<String> known = Set.of(allowed);
        body.fieldNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Failure.INVALID.because(Check.message("parameter", name, names(allowed)));
                });
        return new Parameters(body);
    }

    private static String names(String... allowed) {
        return allowed.length == 0 ? "no parameters" : "some of " + String.join(", ", List.of(allowed));
    }

    boolean has(String name) {
        return body.getValue(name) != null;
    }

    String text(String name, String otherwise) {
        Object value = body.getValue(name, otherwise);
        if (value instanceof String text) {
            return text;
        }
        throw refusal(name, value, "a string");
    }

    boolean flag(String name, boolean otherwise) {
        Object value = body.getValue(name, otherwise);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw ofAnotherType(name, value, "true or false");
    }

    long whole(String name, long otherwise) {
        Object value = body.getValue(name, otherwise);
        boolean isWhole = value instanceof Integer || value instanceof Long;
        if (isWhole) {
            return ((Number) value).longValue();
        }
        throw ofAnotherType(name, value, "a whole number");
    }

    double number(String name, double otherwise) {
        Object value = body.getValue(name, otherwise);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw ofAnotherType(name, value, "a number");
    }

    /** A time to the millisecond; refused when there is none. */
    Instant instant(String name) {
        String text = text(name, "");
        try {
            return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw refusal(name, text, "a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** A duration from a second to a week. */
    Duration duration(String name, String otherwise) {
        String text = text(name, otherwise);
        String expected = "a time such as " + ShortDuration.EXAMPLES + ", from 1s to 7d";
        try {
            Duration duration = ShortDuration.parse(text);
            boolean fits = duration.toSeconds() >= 1 && duration.compareTo(Duration.ofDays(7)) <= 0;
            check(fits, name, text, expected);
            return duration;
        } catch (DateTimeException e) {
            throw refusal(name, text, expected);
        }
    }

    /** A JSON array of values, or null when there is none. */
    @Nullable
    List<?> list(String name) {
        Object value = body.getValue(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonArray array) {
            return array.getList();
        }
        throw ofAnotherType(name, value, "a list");
    }

    <E extends Enum<E>> E word(String name, E otherwise, Class<E> type) {
        String word = text(name, otherwise.name());
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(word)) {
                return constant;
            }
        }
        throw refusal(name, word, words(type));
    }

    private static <E extends Enum<E>> String words(Class<E> type) {
        return "one of "
                + String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .toList());
    }

    /** A refusal that shows text as such: "2" is no 2. */
    private static Refusal ofAnotherType(String name, @Nullable Object value, String expected) {
        return refusal(name, value instanceof String text ? '"' + text + '"' : value, expected);
    }

    /** A refusal of a value. */
    static Refusal refusal(String name, @Nullable Object value, String expected) {
        return Failure.INVALID.because(Check.message(name, String.valueOf(value), expected));
    }

    /** Refuses a value unless it holds. */
    static void check(boolean holds, String name, @Nullable Object value, String expected) {
        if (!holds) {
            throw refusal(name, value, expected);
        }
    }
}
