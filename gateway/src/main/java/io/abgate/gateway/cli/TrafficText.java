package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What requests alone say of two versions, for a person. */
final class TrafficText {
    private TrafficText() {}

    static List<String> sentences(JsonNode traffic) {
        List<String> lines = new ArrayList<>();
        JsonNode comparison = traffic.path("comparison");
        if (comparison.path("split").isObject()) {
            lines.add("requests of version " + Text.plain(comparison.path("version")) + " beside "
                    + Text.plain(comparison.path("control")) + ": " + split(comparison.path("split"))
                    + guardrail(", failed ", comparison.path("errors"))
                    + guardrail(", slow ", comparison.path("latency")));
        }
        if (traffic.path("hold").isTextual()) {
            lines.add("HOLD, nothing is promoted by itself: "
                    + traffic.path("hold").asText());
        }
        return lines;
    }

    private static String split(JsonNode split) {
        long units = split.path("units").asLong();
        return units + " of " + (units + split.path("controlUnits").asLong()) + ", "
                + Math.round(split.path("expected").asDouble()) + " expected" + evidence(split);
    }

    private static String guardrail(String what, JsonNode guardrail) {
        return guardrail.isObject()
                ? what + guardrail.path("bad") + " of " + guardrail.path("units") + " against "
                        + guardrail.path("controlBad") + " of " + guardrail.path("controlUnits") + evidence(guardrail)
                : "";
    }

    private static String evidence(JsonNode reading) {
        return " (evidence " + Text.decimal(reading.path("peak")) + " of " + Text.plain(reading.path("threshold"))
                + ")";
    }
}
