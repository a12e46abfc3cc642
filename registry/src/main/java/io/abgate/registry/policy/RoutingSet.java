package io.abgate.registry.policy;

import io.abgate.registry.domain.RoutingMode;

/**
 * An operator set how traffic is split.
 *
 * @param floor smallest share of an arm in adaptive mode
 * @param canaryShare of the running canary; negative leaves it as it is
 */
public record RoutingSet(RoutingMode mode, double floor, double canaryShare) implements Change {
    @Override
    public String type() {
        return "ROUTING_SET";
    }

    @Override
    public String summary() {
        return "Traffic is now split by " + mode.name().toLowerCase(java.util.Locale.ROOT) + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.routing(mode, floor, canaryShare, seq);
    }
}
