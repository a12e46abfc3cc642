package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.Comparison;
import io.abgate.loadtest.comparison.Figures;
import io.abgate.loadtest.comparison.GeneratorHealth;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** A report as one page of HTML that loads nothing and runs nothing, in light and dark. */
public final class HtmlReport {
    private final Report report;
    private final Svg page = new Svg();

    private HtmlReport(Report report) {
        this.report = report;
    }

    public static String of(Report report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        String title = title();
        page.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + Svg.escaped(title)
                + "</title><style>" + css() + "</style></head>\n<body><main>");
        page.raw("<h1>" + Svg.escaped(title) + "</h1><p class=\"soft\">"
                + report.at().truncatedTo(ChronoUnit.SECONDS) + " · "
                + Svg.escaped(String.valueOf(report.settings().get("url")))
                + (report.run().wasStopped() ? " · stopped early" : "") + "</p>");
        report.warnings().forEach(this::warning);
        tiles(report.all());
        report.comparison().ifPresent(this::comparison);
        thresholds();
        page.raw("<h2>What was measured</h2>" + Tables.figures(report));
        charts();
        page.raw("<h2>The run</h2>" + Tables.settings(report));
        generator(report.generator());
        return page.raw("</main></body></html>\n").toString();
    }

    private String title() {
        String model = String.valueOf(report.settings().get("model"));
        return report.comparison()
                .map(comparison -> model + ": version " + String.join(", ", comparison.candidates()) + " compared with "
                        + comparison.baseline())
                .orElse("Load test of " + model);
    }

    private static String css() {
        try (InputStream css = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void warning(String warning) {
        page.raw("<p class=\"warning\" role=\"note\"><strong>Warning:</strong> " + Svg.escaped(warning) + "</p>");
    }

    private void tiles(Figures all) {
        page.raw("<div class=\"tiles\">");
        tile("requests", Numbers.count(all.arrivals()));
        tile("predictions/s", Numbers.digits(all.rate()));
        tile("p50", Numbers.millis(all.latency(0.50)));
        tile("p99", Numbers.millis(all.latency(0.99)));
        tile("errors", Numbers.percent(all.errors()));
        tile("accuracy", Numbers.percent(all.accuracy()));
        page.raw("</div>");
    }

    private void tile(String name, String value) {
        page.raw("<div class=\"tile\"><span class=\"soft\">" + name + "</span><b>" + Svg.escaped(value) + "</b></div>");
    }

    private void comparison(Comparison comparison) {
        page.raw("<h2>Verdicts</h2>" + Tables.verdicts(comparison));
        page.raw("<p class=\"soft\">" + Svg.escaped(Sentences.method(comparison)) + "</p>");
        comparison
                .sampleRatio()
                .filter(ratio -> !ratio.isSound())
                .ifPresent(ratio -> warning("sample ratio mismatch: " + Numbers.ratio(ratio.counted())
                        + ", which is not what was due; do not believe the verdicts"));
        page.raw(
                "<h2>Differences with intervals</h2><figure>" + ForestChart.of(comparison.verdicts())
                        + "<figcaption>Difference from version " + Svg.escaped(comparison.baseline())
                        + " divided by the margin. Lines are intervals, arrows go on beyond the picture.</figcaption></figure>");
    }

    private void thresholds() {
        if (!report.thresholds().isEmpty()) {
            page.raw("<h2>Thresholds</h2>" + Tables.thresholds(report));
        }
    }

    private void charts() {
        List<Timeline> timelines = Timeline.of(
                report.run(), report.versions().stream().map(Figures::name).toList());
        double seconds = Math.max(report.run().seconds(), 0.001);
        if (report.all().served() > 0) {
            figure(
                    "Percentiles",
                    Charts.percentiles(report.versions()),
                    "From when a request was to be sent, not from"
                            + " when it was sent: waiting in the load test counts.",
                    false);
            figure("Latency over time", Charts.latencies(timelines, seconds), "Solid p50, dashed p99.", true);
        }
        if (timelines.stream().anyMatch(one -> !one.accuracies().isEmpty())) {
            figure(
                    "Accuracy over time",
                    Charts.accuracies(timelines, seconds),
                    "Of everything so far; bands hold at" + " every moment at once (95 %).",
                    false);
        }
    }

    private void figure(String title, String chart, String caption, boolean hasDashes) {
        page.raw("<h2>" + title + "</h2><figure><figcaption>");
        for (int i = 0; i < report.versions().size(); i++) {
            String line = "<path d=\"M0 5L28 5\" class=\"line " + Charts.style(i) + "\"/>";
            page.raw("<span><svg viewBox=\"0 0 28 10\" aria-hidden=\"true\">" + line + "</svg>version "
                    + Svg.escaped(report.versions().get(i).name()) + "</span>");
        }
        page.raw(Svg.escaped(caption) + (hasDashes ? " Each point is a stretch of the run." : "") + "</figcaption>"
                + chart + "</figure>");
    }

    private void generator(GeneratorHealth health) {
        page.raw("<p class=\"soft\">The load test sent half of the requests within "
                + Numbers.millis(health.lateP50Millis()) + " of when they were due, 99 of 100 within "
                + Numbers.millis(health.lateP99Millis()) + "; " + Numbers.percent(health.overTenMillis())
                + " were more than 10 ms late; " + Numbers.count(health.missed()) + " were not sent.</p>");
    }
}
