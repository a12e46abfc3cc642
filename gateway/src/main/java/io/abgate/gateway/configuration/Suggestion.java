package io.abgate.gateway.configuration;

import java.util.Collection;
import java.util.Comparator;

/** Names the known key that an unknown one was probably meant to be. */
final class Suggestion {
    private static final int MOST_EDITS = 3;

    private Suggestion() {}

    /** What to say of a key that is none of {@code known}. */
    static String unknownKey(String key, Collection<String> known) {
        return known.stream()
                .filter(candidate -> edits(key, candidate) <= Math.min(MOST_EDITS, key.length() / 2))
                .min(Comparator.comparingInt(candidate -> edits(key, candidate)))
                .map(nearest -> "unknown key (did you mean " + nearest + "?)")
                .orElseGet(() -> "unknown key (expected: one of " + String.join(", ", known) + ")");
    }

    /** The Levenshtein distance. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
