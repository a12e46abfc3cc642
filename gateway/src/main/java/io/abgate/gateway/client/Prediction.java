package io.abgate.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One row of an answer.
 *
 * @param version that answered
 * @param route why that one
 */
public record Prediction(String label, double confidence, String version, String route, String id) {

    /** The rows of an answer, in their order. */
    public static List<Prediction> of(JsonNode answer) {
        JsonNode labels = data(answer, "label");
        JsonNode confidences = data(answer, "confidence");
        JsonNode ids = data(answer, "prediction_id");
        String version = answer.path("model_version").asText();
        String route = answer.path("parameters").path("route").asText();
        return IntStream.range(0, labels.size())
                .mapToObj(row -> new Prediction(
                        labels.path(row).asText(),
                        confidences.path(row).asDouble(),
                        version,
                        route,
                        ids.path(row).asText()))
                .toList();
    }

    private static JsonNode data(JsonNode answer, String output) {
        for (JsonNode candidate : answer.path("outputs")) {
            if (candidate.path("name").asText().equals(output)) {
                return candidate.path("data");
            }
        }
        return answer.path("outputs").path("none");
    }
}
