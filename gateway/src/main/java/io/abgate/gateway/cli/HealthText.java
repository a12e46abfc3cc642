package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells people how versions answer. */
final class HealthText {
    private HealthText() {}

    /** Every version, with its users' traffic and, where there was any, that of pinned requests and copies. */
    static String report(JsonNode health) {
        Table table = new Table(
                "VERSION",
                "STAGE",
                "TRAFFIC",
                "STATUS",
                "ATTEMPTS",
                "ERRORS",
                "RATE",
                "CONFIDENCE",
                "P50 MS",
                "P95 MS",
                "P99 MS",
                "EVER",
                "ERRORS EVER",
                "REJECTED");
        health.path("versions").forEach(version -> {
            row(table, version, "users", version);
            for (String traffic : new String[] {"pinned", "copies"}) {
                if (isKnown(version.path(traffic))) {
                    row(table, version, traffic, version.path(traffic));
                }
            }
        });
        return Text.plain(health.path("model")) + ": " + Text.plain(health.path("status")) + " by the last "
                + Text.plain(health.path("window")) + " attempts of each gateway node, degraded from "
                + Text.percent(health.path("errorRateLimit")) + " errors on; "
                + Text.plain(health.path("rejected")) + " requests refused for what they asked" + silent(health)
                + "\n\n" + table;
    }

    private static boolean isKnown(JsonNode traffic) {
        JsonNode lifetime = traffic.path("lifetime");
        return lifetime.path("attempts").asLong() + lifetime.path("rejected").asLong() > 0;
    }

    private static void row(Table table, JsonNode version, String traffic, JsonNode figures) {
        JsonNode latency = figures.path("latency");
        JsonNode lifetime = figures.path("lifetime");
        table.row(
                Text.plain(version.path("version")),
                Text.plain(version.path("stage")),
                traffic,
                Text.plain(figures.path("status")),
                Text.plain(figures.path("attempts")),
                Text.plain(figures.path("errors")),
                Text.percent(figures.path("errorRate")),
                Text.decimal(figures.path("confidence")),
                millis(latency.path("p50")),
                millis(latency.path("p95")),
                millis(latency.path("p99")),
                Text.plain(lifetime.path("attempts")),
                Text.plain(lifetime.path("errors")),
                Text.plain(lifetime.path("rejected")));
    }

    private static String millis(JsonNode seconds) {
        return seconds.isNumber() ? String.format(Locale.ROOT, "%.3f", seconds.asDouble() * 1_000) : "-";
    }

    private static String silent(JsonNode health) {
        List<String> silent = new ArrayList<>();
        health.path("nodes").forEach(node -> {
            if (!node.path("answered").asBoolean()) {
                silent.add(node.path("node").asText());
            }
        });
        if (silent.isEmpty()) {
            return health.path("complete").asBoolean() ? "" : "; no gateway node is known here yet";
        }
        return "; without " + String.join(", ", silent) + ", which did not answer";
    }

    /** One line for all versions of a model's report that have a health; empty when none has. */
    static Optional<String> sentence(JsonNode versions) {
        List<String> parts = new ArrayList<>();
        versions.forEach(version -> {
            JsonNode health = version.path("health");
            if (health.path("attempts").asLong() > 0) {
                parts.add("version " + Text.plain(version.path("version")) + " is "
                        + Text.plain(health.path("status")) + " (" + Text.plain(health.path("errors")) + " of "
                        + Text.plain(health.path("attempts")) + " attempts failed)");
            } else if (health.isObject() && version.path("share").asDouble() > 0) {
                parts.add("version " + Text.plain(version.path("version")) + ": no data");
            }
        });
        return parts.isEmpty() ? Optional.empty() : Optional.of("health: " + String.join(", ", parts));
    }
}
