package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Json;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Shows how a replay goes: a line that is rewritten on a terminal, else a new one every few seconds. */
final class ReplayLine {
    private static final long TERMINAL_NANOS = 200_000_000L;
    private static final long FILE_NANOS = 5_000_000_000L;

    private final Output output;
    private final String model;
    private final int rows;
    private final boolean isTerminal = CommandLine.Help.Ansi.AUTO.enabled();
    private long shownNanos = System.nanoTime();
    private int longest;

    ReplayLine(Output output, String model, int rows) {
        this.output = output;
        this.model = model;
        this.rows = rows;
    }

    /** Shows the score, unless it was shown just now. */
    void show(ReplayScore score) {
        long now = System.nanoTime();
        if (output.isJson() || now - shownNanos < (isTerminal ? TERMINAL_NANOS : FILE_NANOS)) {
            return;
        }
        shownNanos = now;
        if (isTerminal) {
            rewrite(text(score));
        } else {
            output.line(text(score));
        }
    }

    /** Shows the end: totals and what each version did. */
    void end(ReplayScore score, LabelPost labels) {
        if (isTerminal && !output.isJson()) {
            rewrite("");
        }
        output.line(output.isJson() ? json(score, labels).toString() : summary(score, labels));
    }

    private String text(ReplayScore score) {
        ReplayScore.Count recent = score.recent();
        String versions = score.recentVersions().entrySet().stream()
                .map(e -> e.getKey() + " (" + Text.percent((double) e.getValue().rows() / recent.rows()) + ")")
                .collect(Collectors.joining(", "));
        return model + ": " + score.all().rows() + " of " + rows + ", accuracy "
                + Text.decimal(score.all().accuracy()) + ", last " + recent.rows() + ": "
                + Text.decimal(recent.accuracy()) + " by version " + versions
                + (score.failed() == 0 ? "" : ", failed " + score.failed());
    }

    private String summary(ReplayScore score, LabelPost labels) {
        Table table = new Table("VERSION", "PREDICTIONS", "RIGHT", "ACCURACY");
        for (Map.Entry<String, ReplayScore.Count> version : score.versions().entrySet()) {
            ReplayScore.Count count = version.getValue();
            table.row(
                    version.getKey(),
                    Integer.toString(count.rows()),
                    Integer.toString(count.right()),
                    Text.decimal(count.accuracy()));
        }
        return model + ": " + score.all().rows() + " predictions, accuracy "
                + Text.decimal(score.all().accuracy()) + ", " + score.failed() + " failed, " + labels.accepted()
                + " labels accepted" + (labels.isSound() ? "" : ", trouble with labels: " + labels.trouble()) + "\n\n"
                + table;
    }

    private static ObjectNode json(ReplayScore score, LabelPost labels) {
        ObjectNode json = Json.object();
        count(json, score.all());
        json.put("failed", score.failed()).put("labelsAccepted", labels.accepted());
        json.put("trouble", labels.trouble());
        ObjectNode versions = json.putObject("versions");
        score.versions().forEach((version, count) -> count(versions.putObject(version), count));
        return json;
    }

    private static void count(ObjectNode json, ReplayScore.Count count) {
        json.put("predictions", count.rows()).put("right", count.right()).put("accuracy", count.accuracy());
    }

    // a shorter line must cover the longer one before it
    private void rewrite(String text) {
        longest = Math.max(longest, text.length());
        output.writer().print("\r" + text + " ".repeat(longest - text.length()) + (text.isEmpty() ? "\r" : ""));
        output.writer().flush();
    }
}
