package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Tells people what was live at a time, and which version a key got. */
final class PastText {
    private PastText() {}

    /** What was live, under which route table, and why. */
    static String history(JsonNode past) {
        Table versions = new Table("VERSION", "STAGE", "SHARE", "SHA-256");
        past.path("versions")
                .forEach(version -> versions.row(
                        Text.plain(version.path("version")),
                        Text.plain(version.path("stage")),
                        Text.percent(version.path("share")),
                        Text.digits(version.path("sha256"))));
        return String.join(
                "\n",
                Text.plain(past.path("model")) + " " + when(past.path("at")) + ", after event "
                        + Text.plain(past.path("seq")) + ": " + stages(past),
                "routing " + Text.plain(past.path("mode")) + ", epoch " + Text.plain(past.path("epoch")) + " since "
                        + Text.plain(past.path("since")),
                "last change: " + change(past.path("lastChange")),
                "",
                versions.toString());
    }

    private static String when(JsonNode at) {
        return at.isTextual() ? "at " + at.asText() : "now";
    }

    private static String stages(JsonNode past) {
        List<String> parts = new ArrayList<>();
        for (String stage : List.of("champion", "canary", "shadow", "standby")) {
            if (past.path(stage).isNumber()) {
                parts.add("version " + past.path(stage).asText() + " is " + stage);
            }
        }
        if (past.path("paused").asBoolean()) {
            parts.add("promotions paused");
        }
        return parts.isEmpty() ? "nothing is served" : String.join(", ", parts);
    }

    private static String change(JsonNode event) {
        return event.isObject()
                ? "event " + Text.plain(event.path("seq")) + " at " + Text.plain(event.path("at")) + " by "
                        + Text.plain(event.path("actor")) + ": " + Text.plain(event.path("summary"))
                : "none";
    }

    /** Which version, and the scores that it won against. */
    static String assignment(JsonNode assignment) {
        Table versions = new Table("VERSION", "SHARE", "SCORE");
        assignment
                .path("versions")
                .forEach(version -> versions.row(
                        Text.plain(version.path("version")),
                        Text.percent(version.path("share")),
                        Text.plain(version.path("score"))));
        return String.join(
                "\n",
                Text.plain(assignment.path("model")) + ": key " + Text.plain(assignment.path("key")) + " gets version "
                        + Text.plain(assignment.path("version")) + " (" + Text.plain(assignment.path("stage"))
                        + ", route " + Text.plain(assignment.path("route")) + ", share "
                        + Text.percent(assignment.path("share")) + ") in epoch "
                        + Text.plain(assignment.path("epoch")),
                "hash of the key " + Text.plain(assignment.path("keyHash")) + ", salt "
                        + Text.plain(assignment.path("salt")),
                "",
                versions.toString());
    }
}
