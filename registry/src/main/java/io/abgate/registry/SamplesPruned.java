package io.abgate.registry;

import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelFold;

/**
 * Inputs that were kept long enough were removed.
 *
 * @param rows how many
 * @param stored how many had ever been stored by then, removed or not
 */
record SamplesPruned(int rows, long stored) implements Change {
    static final String TYPE = "SAMPLES_PRUNED";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return rows + " inputs were removed: as old as labels may be, and not needed for training.";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        // what was learned from them stays
    }
}
