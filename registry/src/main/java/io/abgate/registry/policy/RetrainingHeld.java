package io.abgate.registry.policy;

/**
 * Nothing is retrained by itself any more until an operator orders a retraining or resumes, or a version is promoted.
 *
 * @param reason one clause for a person
 */
public record RetrainingHeld(String reason) implements Change {
    /** Its type. */
    public static final String TYPE = "RETRAINING_HELD";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "Retraining is held for a person: " + reason + ".";
    }

    @Override
    public void applyTo(ModelState state, long seq) {
        state.retrainings().held(reason);
    }
}
