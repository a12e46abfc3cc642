package io.abgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An application and an operator, asking the two listeners of one process. */
final class GatewayClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String data;
    private final String admin;

    GatewayClient(int dataPort, int adminPort) {
        data = "http://127.0.0.1:" + dataPort;
        admin = "http://127.0.0.1:" + adminPort;
    }

    /** Where applications ask. */
    String dataUrl() {
        return data;
    }

    /** Where operators ask. */
    String adminUrl() {
        return admin;
    }

    /** A request to the listener of applications. */
    HttpRequest.Builder data(String path) {
        return to(data + path);
    }

    /** A request to the listener of operators. */
    HttpRequest.Builder admin(String path) {
        return to(admin + "/api/v1" + path);
    }

    private static HttpRequest.Builder to(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).header("Content-Type", "application/json");
    }

    /** Whatever is answered. */
    static CompletableFuture<HttpResponse<String>> sendWithoutWaiting(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The good answer that was expected. */
    static JsonNode good(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = send(request);
            if (response.statusCode() >= 300) {
                throw new AssertionError(response + " " + response.body());
            }
            return json(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpRequest.BodyPublisher body(Object json) {
        return BodyPublishers.ofString(json.toString());
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What an operator sees of a model. */
    JsonNode model(String model) {
        return good(admin("/models/" + model));
    }

    JsonNode get(String path) {
        return good(admin(path));
    }

    JsonNode post(String path, JsonNode body) {
        return good(admin(path).POST(body(body)));
    }

    /** Stores an artifact; gives its version. */
    int register(String model, JsonNode artifact) {
        return post("/models/" + model + "/versions", artifact).path("version").asInt();
    }

    /** The body of a request for predictions of these rows. */
    static ObjectNode inputs(String name, String datatype, List<? extends List<?>> rows) {
        ObjectNode request = object();
        ObjectNode input = request.putArray("inputs").addObject();
        input.put("name", name).put("datatype", datatype);
        input.putArray("shape").add(rows.size()).add(rows.get(0).size());
        ArrayNode values = input.putArray("data");
        rows.forEach(row -> row.forEach(value -> values.addPOJO(value)));
        return (ObjectNode) json(request.toString());
    }

    /** A request for the prediction of one mail. */
    HttpRequest.Builder inferMail(String text) {
        return data("/v2/models/mail/infer").POST(body(inputs("text", "BYTES", List.of(List.of(text)))));
    }

    /** Values of an output of an answer. */
    static JsonNode output(JsonNode answer, String name) {
        for (JsonNode output : answer.path("outputs")) {
            if (output.path("name").asText().equals(name)) {
                return output.path("data");
            }
        }
        throw new AssertionError("no output " + name + ": " + answer);
    }

    /** Reports truths; each list goes with the prediction ids in order. */
    JsonNode feedback(String model, List<String> ids, List<String> truths) {
        ObjectNode body = object();
        ArrayNode items = body.putArray("feedback");
        for (int i = 0; i < ids.size(); i++) {
            items.addObject().put("prediction_id", ids.get(i)).put("truth", truths.get(i));
        }
        return good(data("/v2/models/" + model + "/feedback").POST(body(body)));
    }
}
