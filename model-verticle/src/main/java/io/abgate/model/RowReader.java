package io.abgate.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.registry.domain.Check;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Reads the JSON text of one row, refusing what is of another kind. */
final class RowReader {
    private static final int SHOWN = 60;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RowReader() {}

    static String text(String row) {
        JsonNode node = read(row, "a JSON string");
        Check.that(node.isTextual(), "row", shortened(row), "a JSON string");
        return node.textValue();
    }

    static List<String> words(String row) {
        String expected = "a JSON array of strings";
        JsonNode node = read(row, expected);
        Check.that(node.isArray() && all(node, JsonNode::isTextual), "row", shortened(row), expected);
        return StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    static double[] numbers(String row) {
        String expected = "a JSON array of finite numbers";
        JsonNode node = read(row, expected);
        Check.that(node.isArray() && all(node, RowReader::isFinite), "row", shortened(row), expected);
        return StreamSupport.stream(node.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static boolean isFinite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue());
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> holds) {
        return StreamSupport.stream(array.spliterator(), false).allMatch(holds);
    }

    private static JsonNode read(String row, String expected) {
        try {
            return MAPPER.readTree(row);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(Check.message("row", shortened(row), expected), e);
        }
    }

    private static String shortened(String row) {
        return row.length() <= SHOWN ? row : row.substring(0, SHOWN) + "…";
    }
}
