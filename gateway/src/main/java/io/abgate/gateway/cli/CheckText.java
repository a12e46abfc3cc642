package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Tells people what a check found. */
final class CheckText {
    private CheckText() {}

    /** What was measured beside the baseline, and what is wrong. */
    static String report(JsonNode check) {
        JsonNode now = check.path("measured");
        JsonNode before = check.path("baseline");
        JsonNode live = check.path("live");
        Table table = new Table("", "NOW", "BASELINE", "LIVE LABELS");
        table.row(
                "rows right",
                counts(now, "attempts"),
                before.isNull() ? "-" : counts(before, "attempts"),
                counts(live, "labels"));
        for (String figure : new String[] {"accuracy", "balancedAccuracy", "confidence", "brier", "calibrationError"}) {
            table.row(
                    figure,
                    Text.decimal(now.path(figure)),
                    Text.decimal(before.path(figure)),
                    Text.decimal(live.path(figure)));
        }
        table.row(
                "errors",
                Text.plain(now.path("errors")),
                Text.plain(before.path("errors")),
                Text.plain(live.path("errors")));
        for (String part : new String[] {"mean", "p50", "p95", "p99", "max"}) {
            table.row(part + " ms a row", millis(now, part), millis(before, part), "");
        }
        return Text.plain(check.path("model")) + " version " + Text.plain(check.path("version")) + " on "
                + Text.plain(check.path("source")) + "\n\n" + table + "\n\n" + verdict(check);
    }

    private static String counts(JsonNode measured, String all) {
        double right = measured.path("right").doubleValue(); // rewards may add up to a part
        String sum = right == Math.rint(right) ? String.valueOf((long) right) : Text.decimal(right);
        return sum + " of " + Text.plain(measured.path(all));
    }

    private static String millis(JsonNode measured, String part) {
        JsonNode seconds = measured.path("responseSeconds").path(part);
        return seconds.isNumber() ? String.format(java.util.Locale.ROOT, "%.4f", seconds.asDouble() * 1_000) : "-";
    }

    private static String verdict(JsonNode check) {
        StringBuilder text = new StringBuilder();
        check.path("alerts").forEach(alert -> text.append("ALERT ")
                .append(alert.path("kind").asText())
                .append(": ")
                .append(alert.path("says").asText())
                .append(" (limit ")
                .append(alert.path("limit").asText())
                .append(")\n"));
        if (check.path("retraining").isTextual()) {
            text.append("asks for a retraining: ")
                    .append(check.path("retraining").asText())
                    .append('\n');
        }
        return text.isEmpty() ? "nothing is wrong" : text.toString().stripTrailing();
    }
}
