package io.abgate.registry;

import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelFold;

/**
 * A registry led with a key that had not signed for this store before.
 *
 * @param seal of the store's name by that key
 */
record KeysBound(String seal) implements Change {
    static final String TYPE = "KEYS_BOUND";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "Key " + seal.substring(0, Math.max(0, seal.indexOf(':'))) + " of token.keys signs for this store.";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        // of no model
    }
}
