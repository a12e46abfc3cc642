package io.abgate.gateway.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.registry.domain.TensorSpec;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Inputs that operators write, one row each, held against the tensor that the model takes. */
record InputRows(TensorSpec spec) {
    private static final long FREE = -1;

    /** A row as JSON text; refused when it is not what the tensor holds. */
    String row(Value row) {
        String text = anyWidth(row);
        long columns = columns();
        boolean fits = columns == FREE || !row.node().isArray() || row.node().size() == columns;
        row.require(fits, columns + (isNumeric() ? " numbers" : " texts"));
        return text;
    }

    /** A row as JSON text, of the right datatype but as long or short as it likes, as the model is to refuse it. */
    String anyWidth(Value row) {
        if (isNumeric()) {
            row.require(isListOf(row.node(), InputRows::isFinite), "a list of numbers, as the model takes numbers");
        } else if (columns() == 1) {
            row.require(row.node().isTextual(), "a text, as the model takes one");
        } else {
            row.require(isListOf(row.node(), JsonNode::isTextual), "a list of texts, as the model takes words");
        }
        return row.node().toString();
    }

    private boolean isNumeric() {
        return spec.datatype().isNumeric();
    }

    private long columns() {
        return spec.shape().size() == 2 ? spec.shape().get(1) : 1;
    }

    private static boolean isFinite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue());
    }

    private static boolean isListOf(JsonNode node, Predicate<JsonNode> kind) {
        return node.isArray() && StreamSupport.stream(node.spliterator(), false).allMatch(kind);
    }
}
