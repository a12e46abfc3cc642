package io.abgate.registry.policy.rollout;

import java.util.Map;

/**
 * What the evidence about one version calls for.
 *
 * @param reason one clause for a person
 * @param figures that the reason rests on
 */
public record Advice(Kind kind, String reason, Map<String, Double> figures) {
    /** What can be called for. */
    public enum Kind {
        /** From shadow to canary, or from canary to champion. */
        PROMOTE,
        /** Take it out of service for good. */
        ROLL_BACK,
        /** The world changed: neither version is what it was. */
        RETRAIN,
        /** Leave it where it is. */
        HOLD
    }

    public Advice {
        figures = Map.copyOf(figures);
    }
}
