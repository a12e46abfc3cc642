package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Writes an answer for people as it is, a line {@code name: value} each; what is within is indented. */
final class Lines {
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    private Lines() {}

    static String of(JsonNode answer) {
        Lines all = new Lines();
        all.fields(answer, "");
        return String.join("\n", all.lines);
    }

    private void fields(JsonNode object, String indent) {
        object.fields().forEachRemaining(field -> field(indent + field.getKey() + ":", field.getValue(), indent));
    }

    private void field(String name, JsonNode value, String indent) {
        if (value.isObject() && !value.isEmpty()) {
            lines.add(name);
            fields(value, indent + INDENT);
        } else if (value.isArray() && holdsContainers(value)) {
            lines.add(name);
            value.forEach(element -> element(element, indent + INDENT));
        } else {
            lines.add(name + " " + (value.isContainerNode() ? Text.list(value) : Text.plain(value)));
        }
    }

    /** Elements begin with a dash, so that it is seen where one ends. */
    private void element(JsonNode element, String indent) {
        int first = lines.size();
        fields(element, indent + INDENT);
        if (lines.size() > first) {
            lines.set(first, indent + "- " + lines.get(first).strip());
        } else {
            lines.add(indent + "- " + Text.plain(element));
        }
    }

    private static boolean holdsContainers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).anyMatch(JsonNode::isContainerNode);
    }
}
