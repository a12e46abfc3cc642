package io.abgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An application of one model that asks for many rows at a time and labels a part of them, by the version that answered. */
final class LabelledRows {
    private static final int ROWS = 20;

    private final GatewayClient gateway;
    private final String model;
    private final Random random = new Random(5);
    private int asked;

    LabelledRows(GatewayClient gateway, String model) {
        this.gateway = gateway;
        this.model = model;
    }

    /** Asks for so many rows, and labels these parts of what the versions answered as right. */
    void ask(int rows, Map<Integer, Double> parts) {
        for (int i = 0; i < rows; i += ROWS) {
            JsonNode answer = GatewayClient.good(gateway.data("/v2/models/" + model + "/infer")
                    .POST(GatewayClient.body(
                            GatewayClient.inputs("point", "FP64", Collections.nCopies(ROWS, List.of(0.25, 0.5))))));
            asked += ROWS;
            double part = parts.get(answer.path("model_version").asInt());
            List<String> ids = new ArrayList<>();
            GatewayClient.output(answer, "prediction_id").forEach(id -> {
                if (random.nextDouble() < part) {
                    ids.add(id.asText());
                }
            });
            gateway.feedback(model, ids, Collections.nCopies(ids.size(), "right"));
        }
    }

    int asked() {
        return asked;
    }

    /** Rows of both versions that the registry knows of. */
    int predicted() {
        return labelling(1).path("predicted").asInt()
                + labelling(2).path("predicted").asInt();
    }

    JsonNode labelling(int version) {
        return gateway.model(model).path("versions").path(version - 1).path("labelling");
    }
}
