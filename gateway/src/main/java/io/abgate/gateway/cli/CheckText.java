package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tells people what a check found. */
final class CheckText {
    private CheckText() {}

    /**
     * Something that was measured.
     *
     * @param figures null when there is nothing
     * @param counted name of the field that says of how many right ones are counted: attempts, or labels, which tell
     *     nothing of times, and of probabilities only the likeliest one's
     */
    record Column(String heading, JsonNode figures, String counted) {
        private static final String ATTEMPTS = "attempts";
        private static final String LABELS = "labels";

        static Column ofRows(String heading, JsonNode figures) {
            return new Column(heading, figures, ATTEMPTS);
        }

        static Column ofLabels(String heading, JsonNode figures) {
            return new Column(heading, figures, LABELS);
        }

        private String right() {
            if (figures.isNull()) {
                return "-";
            }
            double right = figures.path("right").doubleValue(); // rewards may add up to a part
            String sum = right == Math.rint(right) ? String.valueOf((long) right) : Text.decimal(right);
            return sum + " of " + Text.plain(figures.path(counted));
        }

        private String decimal(String figure) {
            return Text.decimal(figures.path(figure));
        }

        private String errors() {
            return Text.plain(figures.path("errors"));
        }

        /** Over all labels; over the likeliest alone it is another figure, on another scale. */
        private String brier() {
            return counted.equals(LABELS) ? "" : decimal("brier");
        }

        private String millis(String part) {
            if (counted.equals(LABELS)) {
                return "";
            }
            JsonNode seconds = figures.path("responseSeconds").path(part);
            return seconds.isNumber() ? String.format(Locale.ROOT, "%.4f", seconds.asDouble() * 1_000) : "-";
        }
    }

    /** What was measured beside the baseline and live labels, and what is wrong. */
    static String report(JsonNode check) {
        Table table = table(
                Column.ofRows("NOW", check.path("measured")),
                Column.ofRows("BASELINE", check.path("baseline")),
                Column.ofLabels("LIVE LABELS", check.path("live")));
        return Text.plain(check.path("model")) + " version " + Text.plain(check.path("version")) + " on "
                + Text.plain(check.path("source")) + "\n\n" + table + "\n\n" + verdict(check);
    }

    /** Every figure, side by side. */
    static Table table(Column... columns) {
        List<Column> all = List.of(columns);
        Table table = new Table(cells("", all, Column::heading));
        table.row(cells("rows right", all, Column::right));
        for (String figure : List.of("accuracy", "balancedAccuracy", "confidence")) {
            table.row(cells(figure, all, column -> column.decimal(figure)));
        }
        table.row(cells("brier", all, Column::brier));
        table.row(cells("calibrationError", all, column -> column.decimal("calibrationError")));
        table.row(cells("errors", all, Column::errors));
        for (String part : List.of("mean", "p50", "p95", "p99", "max")) {
            table.row(cells(part + " ms a row", all, column -> column.millis(part)));
        }
        return table;
    }

    private static String[] cells(String name, List<Column> columns, Function<Column, String> cell) {
        return Stream.concat(Stream.of(name), columns.stream().map(cell)).toArray(String[]::new);
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
