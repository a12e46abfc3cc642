package io.abgate.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.stream.Stream;

/** What a listener answered, as it came. */
public record Answer(int status, String text) {

    /** The answer as JSON, which every good answer is. */
    public JsonNode json() {
        return Json.parse(text)
                .orElseThrow(() -> new CommandFailedException("the answer is no JSON (is this an abgate?): " + text));
    }

    /** One line of why the listener refused: a problem's detail (RFC 9457), or the inference protocol's error. */
    public String refusal(URI asked) {
        return Json.parse(text).stream()
                .flatMap(json -> Stream.of("detail", "error", "title").map(json::path))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse(asked + ": HTTP " + status);
    }
}
