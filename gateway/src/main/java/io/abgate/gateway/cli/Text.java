package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Writes single values for people; what is not there is a hyphen. */
final class Text {
    private static final String NOTHING = "-";
    private static final double PERCENT = 100;
    private static final int SHOWN_DIGITS = 12;

    private Text() {}

    /** A value as it is. */
    static String plain(JsonNode value) {
        String text = value.isContainerNode() ? value.toString() : value.asText("");
        return value.isNull() || text.isEmpty() ? NOTHING : text;
    }

    /** The first digits of a hash, enough to tell it from others. */
    static String digits(JsonNode hash) {
        String text = hash.asText("");
        return text.substring(0, Math.min(SHOWN_DIGITS, text.length()));
    }

    /** Elements of a list. */
    static String list(JsonNode values) {
        StringBuilder text = new StringBuilder();
        values.forEach(value -> text.append(text.isEmpty() ? "" : ", ").append(value.asText()));
        return text.isEmpty() ? NOTHING : text.toString();
    }

    /** Three decimals. */
    static String decimal(JsonNode value) {
        return value.isNumber() ? decimal(value.doubleValue()) : NOTHING;
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Two ends of an interval. */
    static String interval(JsonNode ends) {
        return ends.size() == 2 ? decimal(ends.get(0)) + " to " + decimal(ends.get(1)) : NOTHING;
    }

    /** A share of 1 in per cent, with decimals only where it has some. */
    static String percent(JsonNode share) {
        return share.isNumber() ? percent(share.doubleValue()) : NOTHING;
    }

    static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.1f", share * PERCENT);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
    }
}
