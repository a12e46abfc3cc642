package io.abgate.loadtest;

import io.abgate.loadtest.comparison.Threshold;
import io.abgate.loadtest.traffic.Keys;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** How options are read from text. */
final class Conversions {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|h)");
    private static final double NANOS_A_SECOND = 1e9;

    private Conversions() {}

    /** A duration such as 30s, 250ms, 1.5m. */
    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(text + " (expected: a duration such as 30s, 250ms or 2m)");
        }
        double seconds = Double.parseDouble(matcher.group(1))
                * switch (matcher.group(2)) {
                    case "us" -> 1e-6;
                    case "ms" -> 1e-3;
                    case "s" -> 1;
                    case "m" -> 60;
                    default -> 3600;
                };
        return Duration.ofNanos((long) (seconds * NANOS_A_SECOND));
    }

    /** {@code none}, {@code request}, or how many keys there are. */
    static Keys keys(String text) {
        if (text.equals("none")) {
            return new Keys(Keys.NONE);
        }
        if (text.equals("request")) {
            return new Keys(Keys.PER_REQUEST);
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new TypeConversionException(text + " (expected: none, request, or a number of keys)");
        }
        return new Keys(Integer.parseInt(text));
    }

    /** A share of 1, or a percentage. */
    static double share(String text) {
        boolean isPercent = text.endsWith("%");
        try {
            BigDecimal value = new BigDecimal(isPercent ? text.substring(0, text.length() - 1) : text);
            double share = value.movePointLeft(isPercent ? 2 : 0).doubleValue();
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException(text + " (expected: a share such as 0.1 or 10%)");
        }
        throw new TypeConversionException(text + " (expected: a share such as 0.1 or 10%)");
    }

    /** A share of the baseline's latency in per cent, or a duration. */
    static LatencyMargin latencyMargin(String text) {
        return text.endsWith("%")
                ? new LatencyMargin(share(text), Duration.ZERO)
                : new LatencyMargin(0, duration(text));
    }

    /** A duration, or a shortest and a longest one such as 1s..5s. */
    static FeedbackDelay feedbackDelay(String text) {
        String[] ends = text.split("\\.\\.", -1);
        Duration shortest = duration(ends[0]);
        Duration longest = duration(ends[ends.length - 1]);
        if (ends.length > 2 || longest.compareTo(shortest) < 0) {
            throw new TypeConversionException(text + " (expected: a time such as 2s, or two such as 1s..5s)");
        }
        return new FeedbackDelay(shortest, longest);
    }

    static Threshold threshold(String text) {
        try {
            return Threshold.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
