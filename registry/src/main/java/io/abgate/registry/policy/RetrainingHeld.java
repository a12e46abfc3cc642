package io.abgate.registry.policy;

import org.jspecify.annotations.Nullable;

/**
 * Nothing is retrained by itself any more until an operator orders a retraining or resumes, or a version is promoted.
 *
 * @param reason one clause for a person
 * @param receipt of the verdict behind it; absent in ledgers of an earlier abgate
 */
public record RetrainingHeld(String reason, @Nullable Long receipt) implements Change {
    /** Its type. */
    public static final String TYPE = "RETRAINING_HELD";

    /** One that no verdict is behind. */
    public RetrainingHeld(String reason) {
        this(reason, null);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "Retraining is held for a person: " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().retrainings().held(reason);
    }
}
