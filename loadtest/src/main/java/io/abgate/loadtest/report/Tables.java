package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.Comparison;
import io.abgate.loadtest.comparison.Figures;
import io.abgate.loadtest.comparison.MetricVerdict;
import io.abgate.loadtest.traffic.FeedbackCounts;
import io.abgate.registry.evidence.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of a page. */
final class Tables {
    private Tables() {}

    static String verdicts(Comparison comparison) {
        return table(
                List.of("version", "metric", "baseline", "candidate", "difference", "interval", "margin", "verdict"),
                comparison.verdicts().stream().map(Tables::verdict).toList());
    }

    private static List<String> verdict(MetricVerdict verdict) {
        String word = verdict.verdict().word();
        return List.of(
                Svg.escaped(verdict.candidate()),
                verdict.metric().word(),
                Numbers.value(verdict.metric(), verdict.baselineValue()),
                Numbers.value(verdict.metric(), verdict.candidateValue()),
                Numbers.difference(verdict.metric(), verdict.difference().estimate()) + " "
                        + Numbers.unit(verdict.metric()),
                Numbers.interval(verdict.metric(), verdict.difference().interval()),
                Numbers.margin(verdict.metric(), verdict.margin()),
                badge(word, word));
    }

    static String thresholds(Report report) {
        return table(
                List.of("threshold", "measured", "verdict"),
                report.thresholds().stream()
                        .map(kept -> List.of(
                                Svg.escaped(kept.threshold().text()),
                                kept.shown(),
                                kept.isKept() ? badge("kept", "kept") : badge("missed", "missed")))
                        .toList());
    }

    static String figures(Report report) {
        List<Figures> shown = new ArrayList<>(report.versions());
        if (!report.isOfOneVersion()) {
            shown.add(report.all());
        }
        return table(
                List.of("version", "requests", "p50", "p95", "p99", "max", "errors", "accuracy", "labelled"),
                shown.stream().map(Tables::figures).toList());
    }

    private static List<String> figures(Figures figures) {
        return List.of(
                Svg.escaped(figures.name()),
                Numbers.count(figures.arrivals()),
                latency(figures, 0.50),
                latency(figures, 0.95),
                latency(figures, 0.99),
                Numbers.millis(figures.maxLatency()),
                Numbers.percent(figures.errors()),
                accuracy(figures),
                Numbers.percent(figures.coverage()));
    }

    private static String latency(Figures figures, double p) {
        Interval interval = figures.latencyInterval(p);
        String upper = Double.isFinite(interval.upper()) ? Numbers.digits(interval.upper()) : "∞";
        return Numbers.millis(figures.latency(p)) + small(Numbers.digits(interval.lower()) + " to " + upper);
    }

    private static String accuracy(Figures figures) {
        Interval interval = figures.accuracyInterval();
        return Numbers.percent(figures.accuracy())
                + (figures.judged() == 0
                        ? ""
                        : small(Numbers.format("%.1f", interval.lower() * 100) + " to "
                                + Numbers.format("%.1f", interval.upper() * 100)));
    }

    private static String small(String text) {
        return "<small>" + text + "</small>";
    }

    static String settings(Report report) {
        StringBuilder list = new StringBuilder("<dl>");
        report.settings().forEach((name, value) -> entry(list, name, value));
        FeedbackCounts feedback = report.run().feedback();
        if (feedback.sent() > 0) {
            entry(
                    list,
                    "labels sent",
                    Numbers.count(feedback.sent()) + ", " + Numbers.count(feedback.accepted()) + " accepted, "
                            + Numbers.count(feedback.rejected() + feedback.failed()) + " rejected or failed");
        }
        return list.append("</dl>").toString();
    }

    private static void entry(StringBuilder list, String name, String value) {
        list.append("<dt>")
                .append(Svg.escaped(name))
                .append("</dt><dd>")
                .append(Svg.escaped(value))
                .append("</dd>");
    }

    private static String badge(String style, String text) {
        return "<span class=\"badge " + style + "\">" + text + "</span>";
    }

    private static String table(List<String> head, List<List<String>> rows) {
        return "<div class=\"scroll\"><table><thead>" + row(head, "th") + "</thead><tbody>"
                + rows.stream().map(row -> row(row, "td")).collect(Collectors.joining()) + "</tbody></table></div>";
    }

    private static String row(List<String> cells, String tag) {
        return cells.stream()
                .map(cell -> "<" + tag + ">" + cell + "</" + tag + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }
}
