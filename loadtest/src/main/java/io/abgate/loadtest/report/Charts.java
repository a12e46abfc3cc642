package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.HistogramIterationValue;

/** The pictures of a report; the n-th version has the style {@code s}n everywhere. */
final class Charts {
    private static final double NANOS_A_MILLI = 1e6;
    private static final List<Double> TAILS = List.of(1.0, 2.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0);
    private static final int STYLES = 6;
    /** Share of the run after which an interval of accuracies is expected to fit into the picture. */
    private static final double SETTLED = 0.2;

    private Charts() {}

    static String style(int version) {
        return "s" + version % STYLES;
    }

    /** Latency by percentile: across, how rare it is. */
    static String percentiles(List<Figures> versions) {
        long most = versions.stream()
                .mapToLong(version -> version.histogram().getTotalCount())
                .max()
                .orElse(1);
        double rarest = Math.max(100, most);
        double least = lowest(versions, version -> version.latency(0.01));
        double largest = versions.stream()
                .mapToDouble(version -> version.histogram().getMaxValue() / NANOS_A_MILLI)
                .filter(millis -> millis > 0)
                .max()
                .orElse(1);
        LineChart chart = LineChart.ofLatency(
                "Latency by percentile",
                LineChart.ratios(1, rarest),
                TAILS.stream().filter(tail -> tail <= rarest).toList(),
                Charts::percentile,
                least,
                largest);
        for (int i = 0; i < versions.size(); i++) {
            chart.line(points(versions.get(i), rarest), style(i));
        }
        return chart.toString();
    }

    private static String percentile(double tail) {
        double percent = 100 - 100 / tail;
        return tail == 1
                ? "0 %"
                : Numbers.format("%.3f", percent).replaceAll("0+$", "").replaceAll("\\.$", "") + " %";
    }

    private static List<LineChart.Point> points(Figures version, double rarest) {
        List<LineChart.Point> points = new ArrayList<>();
        for (HistogramIterationValue value : version.histogram().percentiles(10)) {
            double percentile = value.getPercentile() * version.knownShare();
            double tail = percentile >= 100 ? version.histogram().getTotalCount() : 100 / (100 - percentile);
            points.add(new LineChart.Point(
                    Math.max(1, Math.min(rarest, tail)), value.getValueIteratedTo() / NANOS_A_MILLI));
        }
        return points;
    }

    private static double lowest(List<Figures> versions, ToDoubleFunction<Figures> figure) {
        return versions.stream()
                .mapToDouble(figure)
                .filter(value -> value > 0)
                .min()
                .orElse(0.1);
    }

    /** p50 and p99 of each stretch of the run. */
    static String latencies(List<Timeline> timelines, double seconds) {
        double least = timelines.stream()
                .flatMap(one -> one.latencies().stream())
                .mapToDouble(Timeline.LatencyPoint::p50)
                .filter(value -> value > 0)
                .min()
                .orElse(0.1);
        double most = timelines.stream()
                .flatMap(one -> one.latencies().stream())
                .mapToDouble(Timeline.LatencyPoint::p99)
                .max()
                .orElse(1);
        Axis x = LineChart.time(seconds);
        LineChart chart =
                LineChart.ofLatency("Latency over time", x, x.ticks(), LineChart::seconds, least * 0.8, most * 1.1);
        for (int i = 0; i < timelines.size(); i++) {
            List<Timeline.LatencyPoint> points = timelines.get(i).latencies();
            chart.line(line(points, Timeline.LatencyPoint::second, Timeline.LatencyPoint::p50), style(i));
            chart.line(line(points, Timeline.LatencyPoint::second, Timeline.LatencyPoint::p99), style(i) + " dashed");
        }
        return chart.toString();
    }

    /** Accuracy of everything so far, with an interval that holds at every moment at once. */
    static String accuracies(List<Timeline> timelines, double seconds) {
        List<Timeline.AccuracyPoint> settled = timelines.stream()
                .flatMap(one -> one.accuracies().stream())
                .filter(point -> point.second() >= seconds * SETTLED)
                .toList();
        double least = settled.stream()
                .mapToDouble(Timeline.AccuracyPoint::lower)
                .min()
                .orElse(0);
        double most = settled.stream()
                .mapToDouble(Timeline.AccuracyPoint::upper)
                .max()
                .orElse(1);
        LineChart chart = LineChart.overTime(
                "Accuracy over time", seconds, least, most, share -> Numbers.format("%.1f", share * 100) + " %");
        for (int i = 0; i < timelines.size(); i++) {
            List<Timeline.AccuracyPoint> points = timelines.get(i).accuracies();
            chart.band(
                    line(points, Timeline.AccuracyPoint::second, Timeline.AccuracyPoint::lower),
                    line(points, Timeline.AccuracyPoint::second, Timeline.AccuracyPoint::upper),
                    style(i));
            chart.line(line(points, Timeline.AccuracyPoint::second, Timeline.AccuracyPoint::accuracy), style(i));
        }
        return chart.toString();
    }

    private static <T> List<LineChart.Point> line(List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        return points.stream()
                .map(point -> new LineChart.Point(x.applyAsDouble(point), y.applyAsDouble(point)))
                .toList();
    }
}
