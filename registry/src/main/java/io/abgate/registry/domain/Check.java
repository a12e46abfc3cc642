package io.abgate.registry.domain;

/** Refuses bad input at the edge, in one form of words: {@code name: value (expected: …)}. */
public final class Check {
    private Check() {}

    /**
     * Refuses {@code value} unless {@code holds}.
     *
     * @throws IllegalArgumentException with the message {@code name: value (expected: expected)}
     */
    public static void that(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(message(name, value, expected));
        }
    }

    /** The one form of words for a refusal. */
    public static String message(String name, Object value, String expected) {
        return name + ": " + value + " (expected: " + expected + ")";
    }
}
