package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Tells people what stands between verdicts on versions and deeds. */
final class OversightText {
    private OversightText() {}

    /** A line for whatever is not as it usually is. */
    static List<String> lines(JsonNode oversight) {
        List<String> lines = new ArrayList<>();
        if (oversight.path("mode").asText().equals("dryRun")) {
            lines.add("dry run: verdicts are told and nothing moves");
        }
        oversight
                .path("would")
                .forEach(one ->
                        lines.add((one.path("verdict").asText().equals("PROMOTE") ? "would promote" : "would roll back")
                                + " version " + said(one)));
        if (oversight.path("waiting").isObject()) {
            lines.add("waits for approval: the promotion of version " + said(oversight.path("waiting")));
        }
        if (oversight.path("threshold").isObject()) {
            lines.add(threshold(oversight));
        }
        return lines;
    }

    /** The same in few words. */
    static List<String> held(JsonNode oversight) {
        List<String> held = new ArrayList<>();
        if (oversight.path("mode").asText().equals("dryRun")) {
            held.add("dry run");
        }
        if (oversight.path("waiting").isObject()) {
            held.add("version " + oversight.at("/waiting/version").asText() + " waits for approval");
        }
        return held;
    }

    private static String said(JsonNode one) {
        return Text.plain(one.path("version")) + ": " + Text.plain(one.path("reason"));
    }

    private static String threshold(JsonNode oversight) {
        JsonNode threshold = oversight.path("threshold");
        List<String> seen = new ArrayList<>();
        threshold
                .path("seen")
                .fields()
                .forEachRemaining(one -> seen.add(
                        "version " + one.getKey() + " has " + one.getValue().asText()));
        String rules = oversight.path("decisions").asText().equals("both")
                ? "the threshold rule decides beside the evidence"
                : "the threshold rule decides in place of the evidence";
        return rules + " (a fall by " + Text.plain(threshold.path("drop")) + " over "
                + Text.plain(threshold.path("labels")) + " labels): its rollbacks have no stated error rate"
                + (seen.isEmpty() ? "" : "; " + String.join(", ", seen));
    }
}
