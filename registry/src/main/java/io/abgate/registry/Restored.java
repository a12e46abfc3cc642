package io.abgate.registry;

import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelFold;

/**
 * The store was put back to an earlier state, and its numbers go on above those of the future that was lost.
 *
 * @param from the last number of the earlier state
 * @param to the number before the first new one
 */
record Restored(long from, long to) implements Change {
    static final String TYPE = "RESTORED";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "The store was put back to how it was at " + from + "; what came after that is lost.";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        // of no model
    }
}
