package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Tells people how a version did in its functional suites. */
final class SuiteText {
    private static final int LONGEST_INPUT = 40;

    private SuiteText() {}

    static boolean isPassed(JsonNode report) {
        return report.path("verdict").asText().equals("passed");
    }

    /** A row for each case, and what they come to. */
    static String report(JsonNode report) {
        JsonNode cases = report.path("cases");
        return cases.isEmpty() ? sentence(report) : table(cases) + "\n\n" + sentence(report);
    }

    private static String table(JsonNode cases) {
        Table table = new Table(
                "SUITE", "CATEGORY", "CASE", "INPUT", "OUTPUT", "CONFIDENCE", "MILLISECONDS", "VERDICT", "REASON");
        cases.forEach(one -> table.row(
                Text.plain(one.path("suite")),
                Text.plain(one.path("category")),
                Text.plain(one.path("case")),
                input(one.path("input")),
                Text.plain(one.path("output")),
                Text.decimal(one.path("confidence")),
                Text.decimal(one.path("timeMillis")),
                Text.plain(one.path("verdict")),
                Text.plain(one.path("reason"))));
        return table.toString();
    }

    /** As it was written: an empty text and an empty list are to be seen. */
    private static String input(JsonNode input) {
        String text = input.toString();
        return text.length() <= LONGEST_INPUT ? text : text.substring(0, LONGEST_INPUT) + "…";
    }

    private static String sentence(JsonNode report) {
        int passed = report.path("passed").asInt();
        int all = passed + report.path("failed").asInt();
        String counts = all == 0 ? "" : ", " + passed + " of " + all + " cases passed";
        return Text.plain(report.path("model")) + " version " + Text.plain(report.path("version")) + " ("
                + Text.digits(report.path("sha256")) + "): "
                + Text.plain(report.path("verdict")) + counts;
    }
}
