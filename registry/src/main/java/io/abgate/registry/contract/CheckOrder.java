package io.abgate.registry.contract;

import io.abgate.registry.domain.Example;
import java.util.List;

/** Measure one artifact on these rows. */
public record CheckOrder(Artifact artifact, List<Example> rows) {
    public CheckOrder {
        rows = List.copyOf(rows);
    }
}
