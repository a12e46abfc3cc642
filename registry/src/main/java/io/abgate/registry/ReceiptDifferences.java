package io.abgate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/** Compares a receipt with what its replay gave, field by field; doubles by their bits. */
final class ReceiptDifferences {
    private static final Set<String> OF_THE_PROGRAM = Set.of("software");
    private static final Set<String> OF_THE_PROGRAM_AND_THE_WHOLE_STATE = Set.of("software", "state");

    private final JsonArray found = new JsonArray();
    private final Set<String> leftOut;

    /** Without the whole state where an abgate of another one made the receipt. */
    ReceiptDifferences(boolean withState) {
        this.leftOut = withState ? OF_THE_PROGRAM : OF_THE_PROGRAM_AND_THE_WHOLE_STATE;
    }

    static JsonObject of(String field, String receipt, String replayed) {
        return new JsonObject().put("field", field).put("receipt", receipt).put("replayed", replayed);
    }

    JsonArray between(JsonNode receipt, JsonNode replayed) {
        compare("", receipt, replayed);
        return found;
    }

    private void compare(String path, JsonNode receipt, JsonNode replayed) {
        if (leftOut.contains(path)) {
            return;
        }
        if (receipt.isObject() && replayed.isObject()) {
            Set<String> names = new TreeSet<>();
            receipt.fieldNames().forEachRemaining(names::add);
            replayed.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    compare(path.isEmpty() ? name : path + "." + name, field(receipt, name), field(replayed, name)));
        } else if (!receipt.equals(replayed)) {
            found.add(of(path, text(receipt), text(replayed)));
        }
    }

    private static JsonNode field(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? MissingNode.getInstance() : value;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.isTextual() ? value.asText() : value.toString();
    }
}
