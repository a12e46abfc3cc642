package io.abgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.client.CommandFailedException;
import io.abgate.gateway.client.Inputs;
import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Prediction;
import io.abgate.gateway.client.Resource;
import io.abgate.gateway.client.Server;
import io.abgate.loadtest.data.Row;
import io.abgate.loadtest.traffic.Request;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/** A model behind a gateway, asked before the run whether the run makes sense. */
final class Target {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Server server;
    private final String model;
    private final Inputs inputs;

    private Target(Server server, String model, Inputs inputs) {
        this.server = server;
        this.model = model;
        this.inputs = inputs;
    }

    /** Finds the model. */
    static Target of(String url, String model) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        Server server = new Server(client, "--url", url).within(PATIENCE);
        try {
            JsonNode metadata = server.get(Resource.inference(model)).json();
            return new Target(server, model, Inputs.of(metadata));
        } catch (CommandFailedException e) {
            throw new CannotRunException(e.getMessage());
        }
    }

    /** The name of its input. */
    String tensor() {
        return inputs.name();
    }

    /** Every row as it is sent. */
    List<Request> requests(List<Row> rows) {
        try {
            return rows.stream()
                    .map(row -> new Request(
                            Buffer.buffer(Json.bytes(inputs.request(List.of(row.input()), null))), row.truth()))
                    .toList();
        } catch (CommandFailedException e) {
            throw new CannotRunException(e.getMessage());
        }
    }

    /** Asks once for a prediction of the gateway's choice, or of each of these versions. */
    void probe(Row row, List<String> versions) {
        try {
            if (versions.isEmpty()) {
                server.post(Resource.inference(model, "infer"), body(row)).json();
            }
            versions.forEach(version -> probe(row, version));
        } catch (CommandFailedException e) {
            throw new CannotRunException(e.getMessage());
        }
    }

    private void probe(Row row, String version) {
        JsonNode answer = server.post(Resource.inference(model, "versions", version, "infer"), body(row))
                .json();
        String by = answer.path("model_version").asText();
        if (!by.equals(version)) {
            throw new CannotRunException("version " + version + ": answered by " + by + " (expected: by itself; the"
                    + " model's settings must say \"pinning: honour\", or compare --by split)");
        }
        if (Prediction.of(answer).isEmpty()) {
            throw new CannotRunException("version " + version + ": no prediction in " + answer);
        }
    }

    private JsonNode body(Row row) {
        return inputs.request(List.of(row.input()), null);
    }
}
