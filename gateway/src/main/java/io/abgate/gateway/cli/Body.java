package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Json;
import org.jspecify.annotations.Nullable;

/** The body of a request: a JSON object that leaves out what was not said. */
final class Body {
    private final ObjectNode json = Json.object();

    /** Adds a field, unless there is no value. */
    Body with(String name, @Nullable Object value) {
        if (value != null) {
            json.set(name, Json.tree(value));
        }
        return this;
    }

    /** Adds a field that is true, unless it is not. */
    Body flag(String name, boolean isSet) {
        return with(name, isSet ? true : null);
    }

    ObjectNode json() {
        return json;
    }
}
