package io.abgate.gateway.inference;

import io.abgate.registry.domain.Check;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Which outputs an answer has. */
record OutputSelection(Set<Output> outputs) {
    /** When the request names none: everything but the probabilities. */
    static final OutputSelection DEFAULT =
            new OutputSelection(EnumSet.of(Output.LABEL, Output.CONFIDENCE, Output.PREDICTION_ID));

    /** The outputs, in the order of an answer. */
    enum Output {
        LABEL,
        CONFIDENCE,
        PROBABILITIES,
        PREDICTION_ID;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** Its name in requests and answers. */
        String label() {
            return label;
        }

        static Output of(String name) {
            for (Output output : values()) {
                if (output.label.equals(name)) {
                    return output;
                }
            }
            throw new IllegalArgumentException(
                    Check.message("output", name, "label, confidence, probabilities or prediction_id"));
        }
    }

    boolean has(Output output) {
        return outputs.contains(output);
    }
}
