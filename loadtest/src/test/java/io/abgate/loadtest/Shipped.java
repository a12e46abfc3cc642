package io.abgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Rows of the shipped data sets, and artifacts made from those that the shipped models train. */
final class Shipped {
    private Shipped() {}

    /** A mail and whether it was wanted. */
    record Mail(String text, String label) {}

    /** A picture and the digit that it shows. */
    record Digit(List<Double> pixels, String digit) {}

    static List<Mail> mails(int from, int to) {
        return lines("mail.jsonl.gz", from, to).stream()
                .map(GatewayClient::json)
                .map(row ->
                        new Mail(row.path("text").asText(), row.path("label").asText()))
                .toList();
    }

    static List<Digit> digits(int from, int to) {
        return lines("digits.csv.gz", from, to).stream()
                .map(line -> Arrays.asList(line.split(",", -1)))
                .map(row -> new Digit(
                        row.subList(0, 64).stream().map(Double::valueOf).toList(), row.get(64)))
                .toList();
    }

    private static List<String> lines(String dataset, int from, int to) {
        InputStream packed = Shipped.class.getResourceAsStream("/config/datasets/" + dataset);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(packed, dataset)), StandardCharsets.UTF_8))) {
            return reader.lines().skip(from).limit(to - from).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The artifact with its labels moved on by one: another version, wrong wherever the given one is right. */
    static JsonNode mislabelled(JsonNode artifact) {
        ObjectNode changed = artifact.deepCopy();
        List<JsonNode> labels = new ArrayList<>();
        artifact.path("labels").forEach(labels::add);
        Collections.rotate(labels, 1);
        changed.putArray("labels").addAll(labels);
        return changed;
    }

    /** The artifact with this much added to its last bias: another version, almost the same model. */
    static JsonNode nudged(JsonNode artifact, double by) {
        ObjectNode changed = artifact.deepCopy();
        ArrayNode layers = (ArrayNode) changed.path("layers");
        ArrayNode bias = (ArrayNode) layers.path(layers.size() - 1).path("bias");
        int last = bias.size() - 1;
        bias.set(last, bias.path(last).asDouble() + by);
        return changed;
    }
}
