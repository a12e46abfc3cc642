package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Tells people what a model's retrainings learn from. */
final class BufferText {
    private BufferText() {}

    /** Everything of a buffer. */
    static String report(JsonNode buffer) {
        List<String> lines = new ArrayList<>();
        lines.add(Text.plain(buffer.path("model")) + ": " + size(buffer));
        lines.add("trained on " + Text.plain(buffer.path("trainable")) + ", held out "
                + Text.plain(buffer.path("heldOut")) + "; an automatic retraining needs "
                + Text.plain(buffer.path("minimum")));
        lines.add("duplicates " + Text.plain(buffer.path("duplicates")) + ", inputs with several truths "
                + Text.plain(buffer.path("conflicts")));
        lines.add("stored from " + Text.plain(buffer.path("oldest")) + " to " + Text.plain(buffer.path("newest")));
        lines.add("");
        lines.add(origins(buffer.path("origins")));
        lines.add("");
        lines.add("not usable: " + Text.plain(buffer.at("/unusable/unknownTruth")) + " with a truth that is no label, "
                + Text.plain(buffer.at("/unusable/emptyInput")) + " with an empty input, "
                + Text.plain(buffer.at("/unusable/unfitInput")) + " with an input that does not fit");
        buffer.path("refused").forEach(row -> lines.add("  " + refused(row)));
        return String.join("\n", lines);
    }

    private static String size(JsonNode buffer) {
        return Text.plain(buffer.path("usable")) + " usable of " + Text.plain(buffer.path("size")) + " rows, room for "
                + Text.plain(buffer.path("capacity"));
    }

    private static String origins(JsonNode origins) {
        Table table = new Table("ORIGIN", "ROWS", "USABLE");
        origins.fields()
                .forEachRemaining(origin -> table.row(
                        origin.getKey(),
                        Text.plain(origin.getValue().path("rows")),
                        Text.plain(origin.getValue().path("usable"))));
        return table.toString();
    }

    private static String refused(JsonNode row) {
        return Text.plain(row.path("seq")) + " (" + Text.plain(row.path("origin")) + "): "
                + Text.plain(row.path("input")) + " -> " + Text.plain(row.path("truth")) + ": "
                + Text.plain(row.path("reason"));
    }

    /** What a model's report says of its retrainings, in one line. */
    static String training(JsonNode training) {
        StringBuilder text = new StringBuilder("retraining: buffer with ").append(size(training.path("buffer")));
        if (training.path("asks").isTextual()) {
            text.append("; asked for: ").append(training.path("asks").asText());
        }
        if (training.path("obstacle").isTextual()) {
            text.append("; none now: ").append(training.path("obstacle").asText());
        }
        return text.toString();
    }
}
