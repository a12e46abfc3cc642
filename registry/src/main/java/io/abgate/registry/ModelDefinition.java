package io.abgate.registry;

import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings;
import java.util.List;

/**
 * A model as the operators define it, with its data.
 *
 * @param seeds labelled rows for its first version, oldest first; they fill the buffer until labels come
 * @param evaluation fixed rows to judge candidates on; when empty they are judged on held-out labels
 */
public record ModelDefinition(ModelSettings settings, List<Example> seeds, List<Example> evaluation) {
    public ModelDefinition {
        seeds = List.copyOf(seeds);
        evaluation = List.copyOf(evaluation);
    }
}
