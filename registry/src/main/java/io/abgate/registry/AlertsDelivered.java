package io.abgate.registry;

import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelFold;

/**
 * The webhook was told every alert up to a place in the ledger, or given up on: the next leader goes on from there.
 *
 * @param upTo the place, included
 */
record AlertsDelivered(long upTo) implements Change {
    static final String TYPE = "ALERTS_DELIVERED";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "The webhook is done with all alerts up to event " + upTo + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        // of no model
    }
}
