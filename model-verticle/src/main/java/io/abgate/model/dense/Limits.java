package io.abgate.model.dense;

import io.abgate.registry.domain.Check;
import java.util.List;

/** How large a dense network may be, so that no artifact and no blueprint can exhaust a node's memory. */
final class Limits {
    static final int LAYERS = 16;
    static final int WEIGHTS = 10_000_000;
    static final int LABELS = 100_000;
    static final int ARTIFACT_BYTES = 300_000_000;

    private Limits() {}

    /** Checks the widths of a network: those of its input and of every layer's output. */
    static void checkWidths(List<Integer> widths) {
        Check.that(widths.size() > 1 && widths.size() <= LAYERS + 1, "layers", widths.size() - 1, "1 to " + LAYERS);
        long weights = 0;
        for (int i = 0; i < widths.size(); i++) {
            Check.that(widths.get(i) > 0, "width of layer " + i, widths.get(i), "a number from 1");
            weights += i == 0 ? 0 : (long) widths.get(i - 1) * widths.get(i);
        }
        Check.that(weights <= WEIGHTS, "weights", weights, "at most " + WEIGHTS);
    }

    /** Checks the names of labels or words: some, not too many, none twice. */
    static void checkNames(String what, List<String> names) {
        Check.that(!names.isEmpty() && names.size() <= LABELS, what, names.size() + " of them", "1 to " + LABELS);
        Check.that(names.stream().distinct().count() == names.size(), what, "a repeated one", "none twice");
    }
}
