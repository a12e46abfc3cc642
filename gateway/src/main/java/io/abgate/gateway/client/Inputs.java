package io.abgate.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input of a model, as its metadata says it, and how rows become a request.
 *
 * @param width values of a row; -1 is free
 */
public record Inputs(String name, String datatype, int width) {

    /** The first input that the metadata of a model names. */
    public static Inputs of(JsonNode metadata) {
        JsonNode input = metadata.path("inputs").path(0);
        JsonNode shape = input.path("shape");
        return new Inputs(
                input.path("name").asText(),
                input.path("datatype").asText(),
                shape.path(shape.size() - 1).asInt());
    }

    /** Rows as people type them: text for a text model, JSON for others. */
    public List<JsonNode> rows(List<String> typed) {
        return typed.stream().map(this::row).toList();
    }

    private JsonNode row(String typed) {
        if (isText() && width == 1) {
            return TextNode.valueOf(typed);
        }
        return Json.parse(typed)
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new CommandFailedException("INPUT: " + typed + " (expected: a JSON row such as "
                        + (isText() ? "[\"the\",\"cat\"]" : "[0,5,13]") + ")"));
    }

    /** The body that asks for predictions of these rows; a row is a text or a list. */
    public ObjectNode request(List<JsonNode> rows, @Nullable String key) {
        ObjectNode request = Json.object();
        if (key != null) {
            request.putObject("parameters").put("key", key);
        }
        int columns = rows.stream().mapToInt(Inputs::size).max().orElse(0);
        ObjectNode input = request.putArray("inputs").addObject();
        input.put("name", name).put("datatype", datatype);
        input.putArray("shape").add(rows.size()).add(columns);
        ArrayNode data = input.putArray("data");
        rows.forEach(row -> append(row, columns, data));
        return request;
    }

    private void append(JsonNode row, int columns, ArrayNode data) {
        for (int i = size(row); i < columns; i++) {
            if (!isText()) {
                throw new CommandFailedException(
                        "INPUT: a row of " + size(row) + " numbers (expected: " + columns + ")");
            }
            data.add(""); // short rows of words are padded at the front
        }
        if (row.isArray()) {
            row.forEach(data::add);
        } else {
            data.add(row);
        }
    }

    private boolean isText() {
        return datatype.equals("BYTES");
    }

    private static int size(JsonNode row) {
        return row.isArray() ? row.size() : 1;
    }
}
