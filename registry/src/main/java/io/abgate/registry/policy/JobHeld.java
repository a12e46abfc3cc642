package io.abgate.registry.policy;

import org.jspecify.annotations.Nullable;

/**
 * A trigger asked for a training that waits for an operator.
 *
 * @param job its number
 * @param reason one clause for a person
 * @param receipt of the verdict behind it; absent in ledgers of an earlier abgate
 */
public record JobHeld(long job, String reason, @Nullable Long receipt) implements Change {
    /** One that no verdict is behind. */
    public JobHeld(long job, String reason) {
        this(job, reason, null);
    }

    @Override
    public String type() {
        return "JOB_HELD";
    }

    @Override
    public String summary() {
        return "Training " + job + " waits for an operator's approval: " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().retrainings().waits(job);
        fold.triggersServed(seq);
    }
}
