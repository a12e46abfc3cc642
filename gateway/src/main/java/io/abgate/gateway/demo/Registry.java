package io.abgate.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Resource;
import io.abgate.gateway.client.Server;
import io.abgate.registry.domain.Example;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The operator's side of the story: looks at the model, waits, gives orders. */
final class Registry {
    private static final long POLL_MILLIS = 4;
    private static final long PATIENCE_SECONDS = 60;

    private final Server admin;
    private final String model;

    Registry(Server admin, String model) {
        this.admin = admin;
        this.model = model;
    }

    JsonNode status() {
        return admin.get(Resource.model(model)).json();
    }

    JsonNode events(long after) {
        return admin.get(Resource.admin("events").with("model", model).with("after", after))
                .json()
                .path("events");
    }

    byte[] artifact(int version) {
        return admin.get(Resource.model(model, "versions", String.valueOf(version), "artifact"))
                .text()
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Waits until nothing is under way and so many inputs are stored: the gateway answers meanwhile, but a story that is
     * told at any speed must be the same story.
     *
     * @param job sees the open job at every look
     */
    void awaitSettled(int samples, Consumer<JsonNode> job) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        JsonNode status = status();
        while (!status.path("settled").asBoolean()
                || status.at("/samples/stored").asInt() < samples) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not settled within " + PATIENCE_SECONDS + " s: " + status);
            }
            job.accept(status.path("job"));
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            status = status();
        }
    }

    /** Orders a training on exactly these rows. */
    void retrain(List<Example> rows, int epochs, double learningRate, String reason) {
        ObjectNode body = Json.object();
        ArrayNode samples = body.putArray("samples");
        for (Example row : rows) {
            samples.addObject()
                    .put("truth", row.truth())
                    .set("input", Json.parse(row.input()).orElseThrow());
        }
        body.put("epochs", epochs).put("learningRate", learningRate).put("reason", reason);
        admin.post(Resource.model(model, "retrain"), body);
    }

    /** Stores an artifact; gives its version. */
    int register(byte[] artifact, String note) {
        Resource versions = Resource.model(model, "versions").with("note", note);
        return admin.post(versions, artifact).json().path("version").asInt();
    }

    boolean hasCanary() {
        return status().path("canary").isInt();
    }

    void abort(String reason) {
        admin.post(Resource.model(model, "abort"), Json.object().put("reason", reason));
    }

    void canary(int version, double share, String reason) {
        ObjectNode body = Json.object().put("version", version).put("to", "canary");
        admin.post(Resource.model(model, "promote"), body.put("share", share).put("reason", reason));
    }
}
