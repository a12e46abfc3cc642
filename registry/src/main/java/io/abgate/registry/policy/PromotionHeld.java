package io.abgate.registry.policy;

import java.util.Map;

/**
 * The evidence promotes a version, and an operator is asked.
 *
 * @param reason one clause for a person
 * @param figures that the reason rests on
 */
public record PromotionHeld(int version, String reason, Map<String, Object> figures) implements Change {
    /** Type of its events. */
    public static final String TYPE = "PROMOTION_HELD";

    public PromotionHeld {
        figures = Map.copyOf(figures);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "The promotion of version " + version + " waits for an operator's approval: " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().supervision().waits(this);
    }
}
