package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.Comparison;
import io.abgate.loadtest.comparison.Figures;
import io.abgate.loadtest.comparison.MetricVerdict;
import io.abgate.loadtest.traffic.FeedbackCounts;
import io.abgate.loadtest.traffic.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a terminal shows at the end. */
public final class TextReport {
    private TextReport() {}

    /** Several lines. */
    public static String of(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(report));
        lines.add("");
        lines.addAll(Columns.of(figures(report)));
        report.comparison().ifPresent(comparison -> lines.addAll(comparison(comparison)));
        report.thresholds()
                .forEach(kept -> lines.add((kept.isKept() ? "kept    " : "MISSED  ")
                        + kept.threshold().text() + ": " + kept.shown()));
        feedback(report.run().feedback()).ifPresent(lines::add);
        report.warnings().forEach(warning -> lines.add("WARNING " + warning));
        return String.join(System.lineSeparator(), lines);
    }

    private static String headline(Report report) {
        Figures all = report.all();
        String failures = Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.ANSWERED && all.count(outcome) > 0)
                .map(outcome -> ", " + Numbers.count(all.count(outcome)) + " " + outcome.word())
                .collect(Collectors.joining());
        return Numbers.count(all.arrivals()) + " requests in "
                + Numbers.digits(report.run().seconds()) + " s, "
                + Numbers.digits(all.rate()) + " predictions/s, " + Numbers.count(all.count(Outcome.ANSWERED))
                + " answered" + failures + (report.run().wasStopped() ? " (stopped early)" : "");
    }

    private static List<List<String>> figures(Report report) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("VERSION", "REQUESTS", "P50", "P95", "P99", "MAX", "ERRORS", "ACCURACY", "LABELLED"));
        report.versions().forEach(figures -> table.add(row(figures)));
        if (!report.isOfOneVersion()) {
            table.add(row(report.all()));
        }
        return table;
    }

    private static List<String> row(Figures figures) {
        return List.of(
                figures.name(),
                Numbers.count(figures.arrivals()),
                Numbers.millis(figures.latency(0.50)),
                Numbers.millis(figures.latency(0.95)),
                Numbers.millis(figures.latency(0.99)),
                Numbers.millis(figures.maxLatency()),
                Numbers.percent(figures.errors()),
                Numbers.percent(figures.accuracy()),
                Numbers.percent(figures.coverage()));
    }

    private static List<String> comparison(Comparison comparison) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("VERSION", "METRIC", "BASELINE", "THIS", "DIFFERENCE", "INTERVAL", "MARGIN", "VERDICT"));
        comparison.verdicts().forEach(verdict -> table.add(row(verdict)));
        List<String> lines = new ArrayList<>(List.of("", "Compared with version " + comparison.baseline() + ":", ""));
        lines.addAll(Columns.of(table));
        lines.add("");
        comparison
                .sampleRatio()
                .filter(ratio -> !ratio.isSound())
                .ifPresent(ratio -> lines.add("SAMPLE RATIO MISMATCH: " + Numbers.ratio(ratio.counted()) + " (p = "
                        + Numbers.format("%.1e", ratio.p()) + "); do not believe the verdicts"));
        return lines;
    }

    private static List<String> row(MetricVerdict verdict) {
        return List.of(
                verdict.candidate(),
                verdict.metric().word(),
                Numbers.value(verdict.metric(), verdict.baselineValue()),
                Numbers.value(verdict.metric(), verdict.candidateValue()),
                Numbers.difference(verdict.metric(), verdict.difference().estimate()) + " "
                        + Numbers.unit(verdict.metric()),
                Numbers.interval(verdict.metric(), verdict.difference().interval()),
                Numbers.margin(verdict.metric(), verdict.margin()),
                verdict.verdict().word());
    }

    private static Optional<String> feedback(FeedbackCounts counts) {
        return counts.sent() + counts.dropped() == 0
                ? Optional.empty()
                : Optional.of("labels: " + counts.sent() + " sent, " + counts.accepted() + " accepted, "
                        + counts.duplicate() + " duplicate, " + counts.corrected() + " corrected, " + counts.expired()
                        + " expired, " + counts.rejected() + " rejected, " + counts.failed() + " failed, "
                        + counts.dropped() + " not sent");
    }
}
