package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Tells people how a job stands. */
final class JobText {
    private static final Set<String> IN_SENTENCE =
            Set.of("id", "model", "state", "version", "epoch", "epochs", "loss", "reason");
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "REJECTED", "HELD", "FAILED");
    private static final Set<String> ENDED_BADLY = Set.of("REJECTED", "FAILED");

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
        return text.toString();
    }
}
