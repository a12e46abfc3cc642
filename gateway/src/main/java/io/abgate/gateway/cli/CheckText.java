package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Tells people what a check found. */
final class CheckText {
    private CheckText() {}

    /** What was measured beside the baseline, and what is wrong. */
    static String report(JsonNode check) {
        return Text.plain(check.path("model")) + " version " + Text.plain(check.path("version")) + " on "
                + Text.plain(check.path("source")) + "\n\n"
                + table("NOW", check.path("measured"), check.path("baseline"), check.path("live"))
                + "\n\n" + verdict(check);
    }

    /** What was measured beside the baseline, and beside live labels where those are given. */
    static Table table(String heading, JsonNode now, JsonNode before, @Nullable JsonNode live) {
        Table table =
                live == null ? new Table("", heading, "BASELINE") : new Table("", heading, "BASELINE", "LIVE LABELS");
        row(
                table,
                "rows right",
                counts(now, "attempts"),
                before.isNull() ? "-" : counts(before, "attempts"),
                live == null ? null : counts(live, "labels"));
        for (String figure : new String[] {"accuracy", "balancedAccuracy", "confidence", "brier", "calibrationError"}) {
            row(
                    table,
                    figure,
                    Text.decimal(now.path(figure)),
                    Text.decimal(before.path(figure)),
                    live == null ? null : Text.decimal(live.path(figure)));
        }
        row(
                table,
                "errors",
                Text.plain(now.path("errors")),
                Text.plain(before.path("errors")),
                live == null ? null : Text.plain(live.path("errors")));
        for (String part : new String[] {"mean", "p50", "p95", "p99", "max"}) {
            row(table, part + " ms a row", millis(now, part), millis(before, part), live == null ? null : "");
        }
        return table;
    }

    private static void row(Table table, String name, String now, String before, @Nullable String live) {
        if (live == null) {
            table.row(name, now, before);
        } else {
            table.row(name, now, before, live);
        }
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

    /** What is wrong. */
    static String verdict(JsonNode check) {
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
