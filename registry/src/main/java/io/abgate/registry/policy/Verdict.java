package io.abgate.registry.policy;

import java.util.Map;

/**
 * What follows from state, evidence and policy.
 *
 * @param kind what is to be done
 * @param version about which version; 0 when about the model
 * @param reason one clause for a person
 * @param figures that the reason rests on
 */
public record Verdict(Kind kind, int version, String reason, Map<String, Object> figures) {
    /** What can be decided. */
    public enum Kind {
        PROMOTE,
        ROLL_BACK,
        RETRAIN,
        HOLD
    }

    public Verdict {
        figures = Map.copyOf(figures);
    }
}
