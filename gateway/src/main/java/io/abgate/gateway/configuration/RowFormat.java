package io.abgate.gateway.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings.Data;
import java.math.BigDecimal;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** How a line of a data set is read; a bad one is refused with an {@link IllegalArgumentException}. */
enum RowFormat {
    /** A JSON object a line. */
    JSON {
        @Override
        Example read(String line, Data data) {
            JsonNode row = parse(line);
            JsonNode input = row.path(data.inputField());
            JsonNode truth = row.path(data.truthField());
            if (!input.isTextual() && !input.isArray()) {
                throw new IllegalArgumentException("no text or list in the field " + data.inputField());
            }
            if (!truth.isTextual()) {
                throw new IllegalArgumentException("no text in the field " + data.truthField());
            }
            return new Example(input.toString(), truth.textValue());
        }
    },
    /** Numbers, then the truth, between commas. */
    CSV {
        @Override
        Example read(String line, Data data) {
            int last = line.lastIndexOf(',');
            if (last < 0 || last == line.length() - 1) {
                throw new IllegalArgumentException("no truth after numbers");
            }
            StringJoiner input = new StringJoiner(",", "[", "]");
            for (String cell : line.substring(0, last).split(",", -1)) {
                input.add(number(cell.strip()));
            }
            return new Example(input.toString(), line.substring(last + 1).strip());
        }
    };

    private static final int SHORT = 9;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** The format that a file's name stands for, if any. */
    static @Nullable RowFormat of(String file) {
        String plain = file.endsWith(".gz") ? file.substring(0, file.length() - ".gz".length()) : file;
        return plain.endsWith(".jsonl") ? JSON : plain.endsWith(".csv") ? CSV : null;
    }

    /** The row that {@code line} holds. */
    abstract Example read(String line, Data data);

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    /** As JSON has it; most are short and whole, and are so already. */
    private static String number(String cell) {
        return isShortAndWhole(cell) ? cell : decimal(cell).toString();
    }

    private static boolean isShortAndWhole(String cell) {
        int length = cell.length();
        if (length == 0 || length > SHORT || (length > 1 && cell.charAt(0) == '0')) {
            return false;
        }
        for (int place = 0; place < length; place++) {
            if (cell.charAt(place) < '0' || cell.charAt(place) > '9') {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal decimal(String cell) {
        try {
            return new BigDecimal(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no number: " + cell, e);
        }
    }
}
