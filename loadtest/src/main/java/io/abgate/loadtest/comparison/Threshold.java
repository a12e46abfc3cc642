package io.abgate.loadtest.comparison;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run must keep, such as {@code p99<20ms}, {@code errors<=0.1%}, or {@code 4:accuracy>0.95} for one version.
 *
 * @param text as it was given
 * @param version empty for all requests
 * @param bound in milliseconds, as a share of 1, or a second
 */
public record Threshold(
        String text, String version, Figure figure, double percentile, Relation relation, double bound) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<version>\\w+):)?(?<figure>p(?<p>\\d{1,2}(?:\\.\\d+)?)|mean|max|errors|missed|accuracy|rate)"
                    + "(?<relation><=|>=|<|>)(?<bound>\\d+(?:\\.\\d+)?)(?<unit>ns|us|ms|s|%|/s)?");
    private static final String EXPECTED =
            " (expected: such as 'p99<20ms', 'max<1s', 'errors<=0.1%', 'accuracy>0.95', 'rate>490', '4:p95<5ms')";

    /** No unit of what is bounded. */
    private static final int NONE = Integer.MAX_VALUE;

    /** What is bounded. */
    enum Figure {
        LATENCY,
        MEAN,
        MAX,
        ERRORS,
        MISSED,
        ACCURACY,
        RATE
    }

    /** How. */
    enum Relation {
        BELOW,
        AT_MOST,
        ABOVE,
        AT_LEAST
    }

    /**
     * A threshold as people write it.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Threshold parse(String text) {
        Matcher matcher = FORM.matcher(text.replace(" ", "").toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + EXPECTED);
        }
        String p = matcher.group("p");
        String version = matcher.group("version");
        Figure figure = p == null ? Figure.valueOf(matcher.group("figure").toUpperCase(Locale.ROOT)) : Figure.LATENCY;
        String unit = matcher.group("unit") == null ? "" : matcher.group("unit");
        double bound = shifted(matcher.group("bound"), decimals(figure, unit, text));
        return new Threshold(
                text,
                version == null ? "" : version,
                figure,
                p == null ? 0 : shifted(p, 2),
                relation(matcher.group("relation")),
                bound);
    }

    // a product with 0.01 would be off in its last bit, and 95/100 below 95 %
    private static double shifted(String number, int decimals) {
        return new BigDecimal(number).movePointLeft(decimals).doubleValue();
    }

    /** By how many decimals a number in this unit is larger than one in the unit of the bound. */
    private static int decimals(Figure figure, String unit, String text) {
        int decimals =
                switch (figure) {
                    case LATENCY, MEAN, MAX -> decimalsOfMillis(unit);
                    case ERRORS, MISSED, ACCURACY -> unit.isEmpty() ? 0 : unit.equals("%") ? 2 : NONE;
                    case RATE -> unit.isEmpty() || unit.equals("/s") ? 0 : NONE;
                };
        if (decimals == NONE) {
            throw new IllegalArgumentException(text + EXPECTED);
        }
        return decimals;
    }

    private static int decimalsOfMillis(String unit) {
        return switch (unit) {
            case "ns" -> 6;
            case "us" -> 3;
            case "ms" -> 0;
            case "s" -> -3;
            default -> NONE;
        };
    }

    private static Relation relation(String sign) {
        return switch (sign) {
            case "<" -> Relation.BELOW;
            case "<=" -> Relation.AT_MOST;
            case ">" -> Relation.ABOVE;
            default -> Relation.AT_LEAST;
        };
    }

    /** In what it is bounded. */
    public enum Unit {
        MILLISECONDS,
        SHARE,
        PER_SECOND
    }

    public Unit unit() {
        return switch (figure) {
            case LATENCY, MEAN, MAX -> Unit.MILLISECONDS;
            case ERRORS, MISSED, ACCURACY -> Unit.SHARE;
            case RATE -> Unit.PER_SECOND;
        };
    }

    /** Whether it is about requests that failed, too: in a split they belong to no version. */
    public boolean countsFailures() {
        return unit() == Unit.SHARE;
    }

    /** What was measured, in the unit of the bound; NaN when nothing was. */
    public double measured(Figures figures) {
        ToDoubleFunction<Figures> reading =
                switch (figure) {
                    case LATENCY -> all -> all.latencyAtWorst(percentile);
                    case MEAN -> Figures::meanLatency;
                    case MAX -> Figures::maxLatency;
                    case ERRORS -> Figures::errors;
                    case MISSED -> Figures::missedShare;
                    case ACCURACY -> Figures::accuracy;
                    case RATE -> Figures::rate;
                };
        return reading.applyAsDouble(figures);
    }

    /** Whether a value keeps it; what was not measured keeps nothing. */
    public boolean isKeptBy(double value) {
        return switch (relation) {
            case BELOW -> value < bound;
            case AT_MOST -> value <= bound;
            case ABOVE -> value > bound;
            case AT_LEAST -> value >= bound;
        };
    }
}
