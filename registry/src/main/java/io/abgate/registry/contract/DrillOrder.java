package io.abgate.registry.contract;

import io.abgate.registry.domain.Example;
import java.util.List;

/**
 * Make a copy of an artifact worse by seeded noise on its weights, and measure both on these rows.
 *
 * @param scale standard deviation of the noise, finite and above 0
 * @param rows may be empty
 */
public record DrillOrder(Artifact artifact, double scale, long seed, List<Example> rows) {
    public DrillOrder {
        rows = List.copyOf(rows);
    }
}
