package io.abgate.registry.contract;

import java.util.List;

/** Labels for predictions of one model, in the order in which they came. */
public record LabelBatch(String model, List<Label> labels) {
    public LabelBatch {
        labels = List.copyOf(labels);
    }
}
