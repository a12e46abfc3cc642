package io.abgate.loadtest.data;

import java.util.List;

/**
 * Names under which a row may hold its input and its truth, the first that is there counts.
 *
 * @param inputs for JSON and for text in CSV
 * @param truths for both
 */
public record Fields(List<String> inputs, List<String> truths) {
    public Fields {
        inputs = List.copyOf(inputs);
        truths = List.copyOf(truths);
    }

    /** What is looked for when nobody says anything else. */
    public static Fields usual(String tensor) {
        return new Fields(List.of(tensor, "input"), List.of("truth", "label"));
    }

    /** With this input field alone. */
    public Fields input(String field) {
        return new Fields(List.of(field), truths);
    }

    /** With this truth field alone. */
    public Fields truth(String field) {
        return new Fields(inputs, List.of(field));
    }
}
