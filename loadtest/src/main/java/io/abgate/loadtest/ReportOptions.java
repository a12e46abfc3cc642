package io.abgate.loadtest;

import io.abgate.loadtest.comparison.Threshold;
import io.abgate.loadtest.report.HtmlReport;
import io.abgate.loadtest.report.JsonReport;
import io.abgate.loadtest.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is judged and written down. */
final class ReportOptions {
    private static final double NANOS_A_MILLI = 1e6;
    private static final int HALVINGS = 5;

    @Option(
            names = "--threshold",
            paramLabel = "BOUND",
            description = "What must hold, such as 'p99<20ms', 'errors<=0.1%%', 'rate>490', '4:accuracy>0.95'."
                    + " May be given several times.")
    private List<Threshold> thresholds = new ArrayList<>();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a report: .html or .json. May be given several times.")
    private List<Path> reports = new ArrayList<>();

    @Option(
            names = "--hdr",
            paramLabel = "FILE",
            description = "Write all latencies (ms) as an HdrHistogram percentile file, as wrk2 prints it.")
    private @Nullable Path histogram;

    /**
     * Refuses what could never be judged or written.
     *
     * @param named versions that requests name
     */
    void check(WrongCall wrongCall, Duration timeout, List<String> named) {
        thresholds.forEach(threshold -> wrongCall.unless(
                threshold.version().isEmpty() || !threshold.countsFailures() || named.contains(threshold.version()),
                "--threshold: " + threshold.text()
                        + " (expected: a version of --compare --by replay, as else nobody knows"
                        + " whose request failed)"));
        thresholds.forEach(threshold -> wrongCall.unless(
                threshold.unit() != Threshold.Unit.MILLISECONDS
                        || threshold.bound() <= timeout.toNanos() / NANOS_A_MILLI,
                "--threshold: " + threshold.text()
                        + " (expected: no longer than --timeout, after which nobody waits)"));
        for (Path report : reports) {
            wrongCall.unless(isHtml(report) || isJson(report), "--report: " + report + " (expected: .html or .json)");
            checkFolder(wrongCall, "--report", report);
        }
        if (histogram != null) {
            checkFolder(wrongCall, "--hdr", histogram);
        }
    }

    private static void checkFolder(WrongCall wrongCall, String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean hasPlace = folder != null && Files.isDirectory(folder) && !Files.isDirectory(file);
        wrongCall.unless(hasPlace, option + ": " + file + " (expected: a file in a folder that is there)");
        wrongCall.unless(isWritable(file), option + ": " + file + " (expected: a file that can be written)");
    }

    // found out before the run, which may take hours; a file that was not there is not there afterwards
    private static boolean isWritable(Path file) {
        boolean isNew = Files.notExists(file);
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (isNew) {
                Files.delete(file);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isHtml(Path file) {
        return file.toString().endsWith(".html");
    }

    private static boolean isJson(Path file) {
        return file.toString().endsWith(".json");
    }

    List<Threshold> thresholds() {
        return thresholds;
    }

    /** Writes what was asked for; gives the files. */
    List<Path> write(Report report) {
        List<Path> written = new ArrayList<>();
        try {
            for (Path file : reports) {
                Files.writeString(
                        file,
                        isHtml(file)
                                ? HtmlReport.of(report)
                                : JsonReport.of(report).toPrettyString());
                written.add(file);
            }
            if (histogram != null) {
                try (PrintStream out =
                        new PrintStream(Files.newOutputStream(histogram), false, StandardCharsets.UTF_8)) {
                    report.all().histogram().outputPercentileDistribution(out, HALVINGS, NANOS_A_MILLI);
                }
                written.add(histogram);
            }
            return written;
        } catch (IOException e) {
            throw new CannotRunException("the report cannot be written: " + e);
        }
    }
}
