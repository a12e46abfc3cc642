package io.abgate.registry.contract;

import java.util.List;

/**
 * What a process says of itself.
 *
 * @param node its name
 * @param incarnation when it started, in milliseconds since 1970
 * @param hosted versions that answer here, warm
 * @param gateway whether it routes predictions
 * @param epochs of the route tables that its gateway serves from; empty without one
 */
public record NodeReport(String node, long incarnation, List<Hosted> hosted, boolean gateway, List<ModelEpoch> epochs) {
    public NodeReport {
        hosted = List.copyOf(hosted);
        epochs = List.copyOf(epochs);
    }

    /** A version that answers on a node. */
    public record Hosted(String model, int version, String sha256) {}

    /** The epoch in force on a node. */
    public record ModelEpoch(String model, long epoch) {}
}
