package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells people how labels come. */
final class LabellingText {
    private LabellingText() {}

    /** Predictions whose label is asked for. */
    static String audit(JsonNode audit) {
        JsonNode predictions = audit.path("predictions");
        if (predictions.isEmpty()) {
            return audit.path("auditOneIn").asInt() == 0
                    ? "no label is asked for (labelling.auditOneIn is 0)"
                    : "no label that is asked for is missing";
        }
        Table table = new Table("TIME", "VERSION", "INPUT", "ID");
        predictions.forEach(one -> table.row(
                Text.plain(one.path("time")),
                Text.plain(one.path("version")),
                one.path("input").isNull() ? "-" : one.path("input").toString(),
                Text.plain(one.path("id"))));
        return table.toString();
    }

    /** How a version's labels come, in a line; nothing where there are none, and none is expected. */
    static Optional<String> sentence(JsonNode version) {
        JsonNode labelling = version.path("labelling");
        if (labelling.path("received").asLong() == 0
                && !labelling.path("coverage").isNumber()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        parts.add(Text.plain(labelling.path("received")) + " received");
        if (labelling.at("/lag/p95").isNumber()) {
            parts.add("half within " + seconds(labelling.at("/lag/p50")) + ", 95 % within "
                    + seconds(labelling.at("/lag/p95")));
        }
        if (labelling.path("coverage").isNumber()) {
            parts.add(Text.percent(labelling.path("coverage")) + " of the " + Text.plain(labelling.path("mature"))
                    + " predictions labelled that are counted and old enough, so their accuracy is from "
                    + Text.decimal(labelling.at("/bounds/low")) + " to " + Text.decimal(labelling.at("/bounds/high")));
        }
        JsonNode audit = labelling.path("audit");
        if (audit.path("asked").asLong() > 0) {
            parts.add("audit " + Text.plain(audit.path("labelled")) + " of " + Text.plain(audit.path("asked"))
                    + ", accuracy " + Text.decimal(audit.path("accuracy")) + " "
                    + Text.interval(audit.path("interval")));
        }
        if (labelling.path("dependence").isTextual()) {
            parts.add("NOT ALL SPEAK FOR IT: " + labelling.path("dependence").asText());
        }
        return Optional.of(
                "labels of version " + Text.plain(version.path("version")) + ": " + String.join("; ", parts));
    }

    private static String seconds(JsonNode seconds) {
        return Text.decimal(seconds) + " s";
    }
}
