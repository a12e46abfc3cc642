package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.cli.CheckText.Column;

/** Tells people of a drill. */
final class DrillText {
    private DrillText() {}

    /** What was made, how it did, and what happens next. */
    static String report(JsonNode drill) {
        String copy = "version " + Text.plain(drill.path("version"));
        String head = Text.plain(drill.path("model")) + ": " + copy + " is " + made(drill) + ", which is not touched";
        String measured = drill.path("measured").isObject()
                ? CheckText.table(
                                Column.ofRows("COPY", drill.path("measured")),
                                Column.ofRows("BASELINE", drill.path("baseline")))
                        + "\n\nin a check this would be:\n" + CheckText.verdict(drill)
                : "there are no rows to measure it on";
        return head + "\n\n" + measured + "\n\n" + next(drill, copy);
    }

    private static String made(JsonNode drill) {
        return "version " + Text.plain(drill.path("of")) + " with noise of " + Text.plain(drill.path("scale"))
                + " on its weights (seed " + Text.plain(drill.path("seed")) + ")";
    }

    private static String next(JsonNode drill, String copy) {
        if (drill.path("share").asDouble() == 0) {
            return "nobody was answered by it";
        }
        return copy + " answers " + Text.percent(drill.path("share"))
                + " of live traffic until the evidence takes it back, " + Text.plain(drill.path("until"))
                + ", or: abgate drill " + Text.plain(drill.path("model")) + " --end";
    }

    /** One that is under way, in one line. */
    static String sentence(JsonNode drill) {
        return "drill: version " + Text.plain(drill.path("version")) + " is " + made(drill) + ", with "
                + Text.percent(drill.path("share")) + " until " + Text.plain(drill.path("until")) + ": "
                + Text.plain(drill.path("reason"));
    }
}
