package io.abgate.loadtest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which versions gave which labels, how often, and how long each answer took. */
final class Witnessed implements ClosedLoop.Witness {
    private static final String VERSION = "\"model_version\":\"";
    private static final String LABEL = "\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"";

    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Set<String>> labels = new HashMap<>();
    private long[] nanos = new long[1 << 16];
    private int answers;

    @Override
    public void answered(byte[] answer, int length, long tookNanos) {
        String text = new String(answer, 0, length, StandardCharsets.UTF_8);
        String version = after(text, VERSION);
        counts.merge(version, 1, Integer::sum);
        labels.computeIfAbsent(version, first -> new HashSet<>()).add(after(text, LABEL));
        nanos = answers == nanos.length ? Arrays.copyOf(nanos, 2 * answers) : nanos;
        nanos[answers++] = tookNanos;
    }

    private static String after(String text, String words) {
        int from = text.indexOf(words) + words.length();
        if (from < words.length()) {
            throw new AssertionError("no " + words + " in " + text);
        }
        return text.substring(from, text.indexOf('"', from));
    }

    /** How many answers a version gave. */
    int count(int version) {
        return counts.getOrDefault("" + version, 0);
    }

    /** The labels that each version gave. */
    Map<String, Set<String>> labels() {
        return labels;
    }

    /** How long each answer took. */
    long[] nanos() {
        return Arrays.copyOf(nanos, answers);
    }
}
