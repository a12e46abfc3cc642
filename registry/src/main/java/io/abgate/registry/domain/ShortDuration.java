package io.abgate.registry.domain;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 30m}, {@code 1h}, {@code 2d}, or ISO 8601 as {@code PT1H}. */
public final class ShortDuration {
    /** Forms that are read. */
    public static final String EXAMPLES = "90s, 30m, 1h, 2d or PT1H";

    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})([smhd])");

    private ShortDuration() {}

    /** Reads one; throws when it is none. */
    public static Duration parse(String text) throws DateTimeException {
        Matcher matched = SHORT.matcher(text);
        return matched.matches() ? ofUnits(Long.parseLong(matched.group(1)), matched.group(2)) : Duration.parse(text);
    }

    private static Duration ofUnits(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
