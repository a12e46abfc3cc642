package io.abgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The load test run to its end, as a shell would run it. */
record LoadTestRun(int exitCode, String out, String err, JsonNode report) {
    /** Against a planted server, with rows numbered from 0; options are parted by blanks. */
    static LoadTestRun of(PlantedServer server, Path folder, int rows, String more) {
        Path data = folder.resolve("rows.csv");
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            text.append(row).append(',').append(row % 2 == 0 ? "even" : "odd").append('\n');
        }
        List<String> arguments = new ArrayList<>(List.of("--url", server.url(), "--model", "planted"));
        arguments.addAll(List.of("--data", data.toString()));
        Stream.of(more.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(arguments::add);
        write(data, text.toString());
        return of(folder, arguments);
    }

    /** With these arguments. */
    static LoadTestRun of(Path folder, List<String> given) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path report = folder.resolve("report.json");
        List<String> arguments = new ArrayList<>(given);
        arguments.addAll(List.of("--report", report.toString()));
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        int exitCode = command.execute(arguments.toArray(String[]::new));
        JsonNode json = Files.exists(report) ? GatewayClient.json(read(report)) : GatewayClient.object();
        return new LoadTestRun(exitCode, out.toString(), err.toString(), json);
    }

    /** Where this machine could not keep up, figures say nothing: then it is measured again, a few times at most. */
    static LoadTestRun valid(Supplier<LoadTestRun> measured) {
        LoadTestRun run = measured.get();
        for (int attempt = 1; attempt < 5 && run.isSaturated(); attempt++) {
            run = measured.get();
        }
        return run;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The verdict on a version by a metric. */
    String verdict(String version, String metric) {
        return comparison(version, metric).path("verdict").asText();
    }

    /** All that is said of a version by a metric. */
    JsonNode comparison(String version, String metric) {
        for (JsonNode verdict : report.path("comparison").path("verdicts")) {
            if (verdict.path("version").asText().equals(version)
                    && verdict.path("metric").asText().equals(metric)) {
                return verdict;
            }
        }
        throw new AssertionError("no verdict on " + version + " by " + metric + " in " + report + err);
    }

    /** Whether any candidate is worse by any metric. */
    boolean isWorse() {
        return report.path("comparison")
                .path("verdicts")
                .findValuesAsText("verdict")
                .contains("worse");
    }

    /** The exit code that is due: this one, or 4 where this machine could not keep up. */
    int unlessSaturated(int code) {
        return isSaturated() ? 4 : code;
    }

    /** Whether this machine could not keep up. */
    boolean isSaturated() {
        return report.path("generator").path("saturated").asBoolean();
    }

    /** A percentile of all latencies, in milliseconds. */
    double millis(String percentile) {
        return report.path("all").path("latencyMillis").path(percentile).asDouble(Double.NaN);
    }

    /** How many requests ended so. */
    long count(String outcome) {
        return report.path("all").path("outcomes").path(outcome).asLong();
    }
}
