package io.abgate.registry.policy;

/**
 * A training was ordered.
 *
 * @param job its number
 * @param automatic whether a trigger asked for it
 * @param reason one clause for a person
 */
public record JobQueued(long job, boolean automatic, String reason) implements Change {
    @Override
    public String type() {
        return "JOB_QUEUED";
    }

    @Override
    public String summary() {
        return "Training " + job + " was ordered: " + reason + ".";
    }

    @Override
    public void applyTo(ModelState state, long seq) {
        state.jobQueued(job, automatic, seq);
    }
}
