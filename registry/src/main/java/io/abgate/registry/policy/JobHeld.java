package io.abgate.registry.policy;

/**
 * A trigger asked for a training that waits for an operator.
 *
 * @param job its number
 * @param reason one clause for a person
 */
public record JobHeld(long job, String reason) implements Change {
    @Override
    public String type() {
        return "JOB_HELD";
    }

    @Override
    public String summary() {
        return "Training " + job + " waits for an operator's approval: " + reason + ".";
    }

    @Override
    public void applyTo(ModelState state, long seq) {
        state.retrainings().waits(job);
        state.triggersServed(seq);
    }
}
