package io.abgate.loadtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Json;
import io.abgate.loadtest.comparison.Comparison;
import io.abgate.loadtest.comparison.Figures;
import io.abgate.loadtest.comparison.MetricVerdict;
import io.abgate.loadtest.traffic.Outcome;
import io.abgate.registry.evidence.Interval;
import java.util.List;
import org.HdrHistogram.HistogramIterationValue;

/** A report as JSON: latencies in milliseconds, shares of 1; what is not known or not finite is null. */
public final class JsonReport {
    private static final List<Double> SHOWN = List.of(0.5, 0.75, 0.9, 0.95, 0.99, 0.999);
    private static final double NANOS_A_MILLI = 1e6;

    private JsonReport() {}

    public static ObjectNode of(Report report) {
        ObjectNode json = Json.object();
        json.put("at", report.at().toString());
        ObjectNode settings = json.putObject("settings");
        report.settings().forEach(settings::put);
        number(json, "seconds", report.run().seconds());
        json.put("stoppedEarly", report.run().wasStopped());
        json.set("all", figures(report.all()));
        ArrayNode versions = json.putArray("versions");
        report.versions().forEach(version -> versions.add(figures(version)));
        report.comparison().ifPresent(comparison -> json.set("comparison", comparison(comparison)));
        ArrayNode thresholds = json.putArray("thresholds");
        report.thresholds()
                .forEach(kept -> number(
                        thresholds
                                .addObject()
                                .put("threshold", kept.threshold().text())
                                .put("kept", kept.isKept()),
                        "measured",
                        kept.measured()));
        json.set("feedback", Json.tree(report.run().feedback()));
        json.set("generator", Json.tree(report.generator()));
        ArrayNode warnings = json.putArray("warnings");
        report.warnings().forEach(warnings::add);
        json.set("timeline", Json.tree(Timeline.of(report.run(), names(report))));
        return json;
    }

    private static List<String> names(Report report) {
        return report.versions().stream().map(Figures::name).toList();
    }

    private static ObjectNode figures(Figures figures) {
        ObjectNode json = Json.object().put("name", figures.name()).put("requests", figures.arrivals());
        ObjectNode outcomes = json.putObject("outcomes");
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.word(), figures.count(outcome));
        }
        number(json, "rate", figures.rate());
        number(json, "errors", figures.errors());
        ObjectNode latency = json.putObject("latencyMillis");
        number(latency, "mean", figures.meanLatency());
        SHOWN.forEach(p -> number(latency, percentile(p), figures.latency(p)));
        number(latency, "max", figures.maxLatency());
        ObjectNode intervals = json.putObject("latencyIntervalsMillis");
        List.of(0.5, 0.95, 0.99).forEach(p -> interval(intervals, percentile(p), figures.latencyInterval(p)));
        number(json, "accuracy", figures.accuracy());
        interval(json, "accuracyInterval", figures.accuracyInterval());
        json.put("labelled", figures.judged());
        number(json, "labelCoverage", figures.coverage());
        json.set("percentiles", percentiles(figures));
        return json;
    }

    private static String percentile(double p) {
        return "p" + Numbers.format("%.1f", p * 100).replace(".0", "");
    }

    // beyond the last of these points are requests that were never answered
    private static ArrayNode percentiles(Figures figures) {
        ArrayNode points = Json.object().putArray("points");
        for (HistogramIterationValue value : figures.histogram().percentiles(2)) {
            points.addArray()
                    .add(value.getPercentile() * figures.knownShare())
                    .add(value.getValueIteratedTo() / NANOS_A_MILLI);
        }
        return points;
    }

    private static ObjectNode comparison(Comparison comparison) {
        ObjectNode json = Json.object()
                .put("baseline", comparison.baseline())
                .put("by", comparison.isReplay() ? "replay" : "split")
                .put("alpha", comparison.alpha())
                .put("alphaEach", comparison.alphaEach())
                .put("accuracyUnits", comparison.units());
        comparison.sampleRatio().ifPresent(ratio -> json.set("sampleRatio", Json.tree(ratio)));
        ArrayNode verdicts = json.putArray("verdicts");
        comparison.verdicts().forEach(verdict -> verdicts.add(verdict(verdict)));
        return json;
    }

    private static ObjectNode verdict(MetricVerdict verdict) {
        ObjectNode json = Json.object()
                .put("version", verdict.candidate())
                .put("metric", verdict.metric().word())
                .put("unit", verdict.metric().isLatency() ? "ms" : "share");
        number(json, "baseline", verdict.baselineValue());
        number(json, "candidate", verdict.candidateValue());
        number(json, "difference", verdict.difference().estimate());
        interval(json, "interval", verdict.difference().interval());
        interval(json, "equivalenceInterval", verdict.difference().narrow());
        number(json, "margin", verdict.margin());
        return json.put("verdict", verdict.verdict().word());
    }

    private static void interval(ObjectNode json, String name, Interval interval) {
        ArrayNode ends = json.putArray(name);
        for (double end : List.of(interval.lower(), interval.upper())) {
            if (Double.isFinite(end)) {
                ends.add(end);
            } else {
                ends.addNull();
            }
        }
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
