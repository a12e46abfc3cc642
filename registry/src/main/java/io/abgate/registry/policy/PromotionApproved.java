package io.abgate.registry.policy;

/**
 * An operator lets a promotion be carried out that waited for that.
 *
 * @param reason one clause for a person
 */
public record PromotionApproved(int version, String reason) implements Change {
    /** Type of its events. */
    public static final String TYPE = "PROMOTION_APPROVED";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "The promotion of version " + version + " is approved: " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().supervision().approved(version);
    }
}
