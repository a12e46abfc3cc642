package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells people how a job stands. */
final class JobText {
    private static final Set<String> IN_SENTENCE = Set.of(
            "id", "model", "state", "version", "epoch", "epochs", "loss", "etaSeconds", "reason", "losses", "waitsFor");
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "REJECTED", "HELD", "FAILED");
    private static final Set<String> ENDED_BADLY = Set.of("REJECTED", "FAILED");

    private static final int SHOWN_POINTS = 8;

    private JobText() {}

    static boolean isEnded(JsonNode job) {
        return ENDED.contains(job.path("state").asText());
    }

    static boolean isEndedBadly(JsonNode job) {
        return ENDED_BADLY.contains(job.path("state").asText());
    }

    /** One sentence: state, how far, what came of it, why. */
    static String sentence(JsonNode job) {
        StringBuilder text = new StringBuilder("job ")
                .append(Text.plain(job.path("id")))
                .append(" of ")
                .append(Text.plain(job.path("model")))
                .append(": ")
                .append(Text.plain(job.path("state")));
        if (job.path("waitsFor").isTextual()) {
            text.append(" (waits for ").append(job.path("waitsFor").asText()).append(')');
        }
        if (job.path("version").isNumber()) {
            text.append(", version ").append(job.path("version").asText());
        }
        if (job.path("epochs").asInt() > 0) {
            text.append(", epoch ").append(Text.plain(job.path("epoch")));
            text.append(" of ").append(job.path("epochs").asText());
        }
        if (job.path("loss").isNumber()) {
            text.append(", loss ").append(Text.decimal(job.path("loss")));
        }
        if (job.path("etaSeconds").isNumber()) {
            text.append(", ").append(Text.decimal(job.path("etaSeconds"))).append(" s to go");
        }
        String reason = job.path("reason").asText("");
        return reason.isEmpty() || job.path("reason").isNull() ? text.toString() : text + ": " + reason;
    }

    /** The sentence, then whatever else the gateway says of the job, one a line. */
    static String details(JsonNode job) {
        StringBuilder text = new StringBuilder(sentence(job));
        job.fields().forEachRemaining(field -> {
            if (!IN_SENTENCE.contains(field.getKey()) && !field.getValue().isNull()) {
                text.append("\n  ").append(field.getKey()).append(": ").append(Text.plain(field.getValue()));
            }
        });
        return job.path("losses").isEmpty() ? text.toString() : text + "\n  losses: " + losses(job.path("losses"));
    }

    /** Some of the passes, the first and the last among them. */
    private static String losses(JsonNode points) {
        int shown = Math.min(SHOWN_POINTS, points.size());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            JsonNode point = points.get(shown == 1 ? 0 : i * (points.size() - 1) / (shown - 1));
            String watched = point.path("watched").isNumber() ? " (" + Text.decimal(point.path("watched")) + ")" : "";
            texts.add("epoch " + point.path("epoch").asText() + " " + Text.decimal(point.path("loss")) + watched);
        }
        return String.join(", ", texts);
    }
}
