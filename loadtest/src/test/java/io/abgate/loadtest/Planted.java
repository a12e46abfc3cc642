package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An application whose truths make each version as accurate as a test wants it to be. */
record Planted(GatewayClient client, Random random) {
    /** A prediction that waits for its label. */
    record Pending(String id, int answered, String label) {}

    /** Predictions of so many points, each a request of its own, without a key. */
    List<Pending> predictions(int count) {
        List<Pending> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pending.addAll(ask(Sides.infer(client, List.of(Sides.Point.random(random)))));
        }
        return pending;
    }

    /** Predictions of a request of so many rows for each of so many keys. */
    List<Pending> ofKeys(int keys, int rows) {
        List<Pending> pending = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            List<Sides.Point> points = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                points.add(Sides.Point.random(random));
            }
            pending.addAll(ask(Sides.infer(client, points).header("X-Routing-Key", "user-" + key)));
        }
        return pending;
    }

    static List<Pending> ask(HttpRequest.Builder request) {
        JsonNode answer = GatewayClient.good(request);
        List<String> ids = Sides.ids(answer);
        JsonNode labels = GatewayClient.output(answer, "label");
        List<Pending> pending = new ArrayList<>();
        for (int row = 0; row < ids.size(); row++) {
            pending.add(new Pending(
                    ids.get(row),
                    answer.path("model_version").asInt(),
                    labels.path(row).asText()));
        }
        return pending;
    }

    /** Says of each prediction that it was right, or not, with its version's accuracy. */
    void report(List<Pending> pending, Map<Integer, Double> accuracy) {
        List<String> truths = new ArrayList<>();
        for (Pending prediction : pending) {
            boolean right = random.nextDouble() < accuracy.get(prediction.answered());
            String other = prediction.label().equals("left") ? "right" : "left";
            truths.add(right ? prediction.label() : other);
        }
        JsonNode told =
                client.feedback(Sides.NAME, pending.stream().map(Pending::id).toList(), truths);
        assertThat(told.path("accepted").asInt()).isEqualTo(pending.size());
    }
}
