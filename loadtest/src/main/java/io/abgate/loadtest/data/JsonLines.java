package io.abgate.loadtest.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.client.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object a line. */
record JsonLines(Fields fields) implements RowFormat {
    @Override
    public @Nullable String next(BufferedReader reader) throws IOException {
        return reader.readLine();
    }

    @Override
    public Optional<Row> row(String text) {
        JsonNode object = Json.parse(text)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IllegalArgumentException("no JSON object"));
        JsonNode input = first(object, fields.inputs());
        if (!input.isTextual() && !(input.isArray() && !input.isEmpty())) {
            throw new IllegalArgumentException("no text or list in the field " + String.join(" or ", fields.inputs()));
        }
        JsonNode truth = first(object, fields.truths());
        if (truth.isContainerNode()) {
            throw new IllegalArgumentException("no label in the field " + String.join(" or ", fields.truths()));
        }
        boolean known = !truth.isMissingNode() && !truth.isNull();
        return Optional.of(new Row(input, known ? truth.asText() : null));
    }

    private static JsonNode first(JsonNode object, List<String> names) {
        return object.path(names.stream().filter(object::has).findFirst().orElse(names.get(0)));
    }
}
