package io.abgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Networks and samples of the published exercise, see {@code reference/README.md}, as an operator sends them. */
final class Exercise {
    private Exercise() {}

    static JsonNode read(String file) {
        try (InputStream in = Exercise.class.getResourceAsStream("/reference/" + file)) {
            return GatewayClient.json(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode run(String name) {
        return read("training.json").path("runs").path(name);
    }

    /** M1 with twice the unit noise on its weights, from which runs C and D start. */
    static JsonNode noisy() {
        JsonNode weights = run("B_200_epochs_lr_0.5").path("final").deepCopy();
        JsonNode noise = read("weights.json").path("unit_noise");
        add((ArrayNode) weights.path("W1"), noise.path("Z1"));
        add((ArrayNode) weights.path("W2"), noise.path("Z2"));
        return artifact(weights);
    }

    private static void add(ArrayNode weights, JsonNode noise) {
        for (int row = 0; row < weights.size(); row++) {
            ArrayNode to = (ArrayNode) weights.path(row);
            for (int column = 0; column < to.size(); column++) {
                to.set(
                        column,
                        to.path(column).doubleValue()
                                + 2 * noise.path(row).path(column).doubleValue());
            }
        }
    }

    /** An artifact with these weights; indexes are ids less one, so the first of each comes last. */
    static JsonNode artifact(JsonNode weights) {
        ObjectNode artifact = GatewayClient.object().put("format", "abgate/dense-v1");
        words().forEach(artifact.putArray("labels")::add);
        ObjectNode encoder = artifact.putObject("encoder").put("kind", "last-word");
        words().forEach(encoder.putArray("vocabulary")::add);
        encoder.put("unknown", "unknown");
        ArrayNode layers = artifact.putArray("layers");
        ObjectNode hidden = layers.addObject().put("activation", "relu");
        hidden.set("weights", rotated(weights.path("W1")));
        hidden.set("bias", weights.path("b1"));
        ArrayNode columns = GatewayClient.object().putArray("columns");
        weights.path("W2").forEach(row -> columns.add(rotated(row)));
        ObjectNode output = layers.addObject().put("activation", "softmax");
        output.set("weights", columns);
        output.set("bias", rotated(weights.path("b2")));
        return artifact;
    }

    private static List<String> words() {
        JsonNode ids = read("weights.json").path("vocabulary");
        List<String> words = new ArrayList<>();
        ids.fieldNames().forEachRemaining(words::add);
        words.sort(Comparator.comparingInt(word -> ids.path(word).intValue()));
        return words;
    }

    private static ArrayNode rotated(JsonNode values) {
        List<JsonNode> rotated = new ArrayList<>();
        values.forEach(rotated::add);
        Collections.rotate(rotated, -1);
        return GatewayClient.object().putArray("rotated").addAll(rotated);
    }

    /** A recorded buffer as the samples of an order. */
    static ArrayNode samples(String buffer) {
        ArrayNode samples = GatewayClient.object().putArray("samples");
        read("training.json").path(buffer).forEach(pair -> samples.addObject()
                .put("truth", pair.path(1).asText())
                .set("input", pair.path(0)));
        return samples;
    }
}
