package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.Metric;
import io.abgate.registry.evidence.Interval;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes figures for people; what is not known is a dash. */
final class Numbers {
    private static final String UNKNOWN = "–";
    private static final double PERCENT = 100;

    private Numbers() {}

    /** A latency. */
    static String millis(double millis) {
        return Double.isFinite(millis) ? digits(millis) + " ms" : UNKNOWN;
    }

    /** A share of 1. */
    static String percent(double share) {
        return Double.isFinite(share) ? format("%.2f", share * PERCENT) + " %" : UNKNOWN;
    }

    /** A difference with its sign. */
    static String difference(Metric metric, double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? UNKNOWN : value < 0 ? "−∞" : "+∞";
        }
        double shown = metric.isLatency() ? value : value * PERCENT;
        String number = metric.isLatency() ? digits(Math.abs(shown)) : format("%.2f", Math.abs(shown));
        boolean isNothing = Double.parseDouble(number) == 0;
        return (isNothing ? "" : value < 0 ? "−" : "+") + number;
    }

    /** An interval of a difference, with its unit. */
    static String interval(Metric metric, Interval interval) {
        return difference(metric, interval.lower()) + " to " + difference(metric, interval.upper()) + " "
                + unit(metric);
    }

    /** The smallest difference that matters. */
    static String margin(Metric metric, double margin) {
        return "±" + difference(metric, margin).replace("+", "") + " " + unit(metric);
    }

    static String value(Metric metric, double value) {
        return metric.isLatency() ? millis(value) : percent(value);
    }

    static String unit(Metric metric) {
        return metric.isLatency() ? "ms" : "points";
    }

    /** Three digits that matter, at most three decimals. */
    static String digits(double value) {
        double size = Math.abs(value);
        return format(size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** Counts beside each other. */
    static String ratio(List<Long> counted) {
        return counted.stream().map(Numbers::count).collect(Collectors.joining(" : "));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
