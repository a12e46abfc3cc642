package io.abgate.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Inputs;
import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Prediction;
import io.abgate.gateway.client.Resource;
import io.abgate.gateway.client.Server;
import io.abgate.registry.domain.Example;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** An application that asks for a prediction of each mail as it arrives, and reports what was true later. */
final class Mailbox {
    /** The youngest mail whose label is known is this much older than the newest mail. */
    static final int LABEL_DELAY = 50;
    /** Labels are reported ten at a time. */
    private static final int LABEL_BATCH = 10;

    private final Server data;
    private final String model;
    private final Inputs inputs;
    private final Queue<Unlabelled> unlabelled = new ArrayDeque<>();
    private int asked;

    private record Unlabelled(String predictionId, String truth) {}

    Mailbox(Server data, String model) {
        this.data = data;
        this.model = model;
        this.inputs = Inputs.of(data.get(Resource.inference(model)).json());
    }

    /** A mail arrives; gives what the gateway answers. */
    Prediction arrives(Example mail) {
        JsonNode input = Json.parse(mail.input()).orElseThrow();
        ObjectNode request = inputs.request(List.of(input), null);
        Prediction prediction = Prediction.of(
                        data.post(Resource.inference(model, "infer"), request).json())
                .get(0);
        asked++;
        unlabelled.add(new Unlabelled(prediction.id(), mail.truth()));
        return prediction;
    }

    /** How many predictions were asked for. */
    int asked() {
        return asked;
    }

    /** Whether ten labels have become known. */
    boolean hasLabels() {
        return unlabelled.size() >= LABEL_DELAY + LABEL_BATCH;
    }

    /** Whether labels are left, at the end of the day. */
    boolean hasLabelsLeft() {
        return !unlabelled.isEmpty();
    }

    /** Reports the ten oldest labels, or those that are left. */
    void reportLabels() {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("feedback");
        while (items.size() < LABEL_BATCH && !unlabelled.isEmpty()) {
            Unlabelled oldest = unlabelled.remove();
            items.addObject().put("prediction_id", oldest.predictionId).put("truth", oldest.truth);
        }
        JsonNode result = data.post(Resource.inference(model, "feedback"), body).json();
        if (result.path("accepted").asInt() != items.size()) {
            throw new IllegalStateException(items.size() + " labels were reported, but: " + result);
        }
    }
}
