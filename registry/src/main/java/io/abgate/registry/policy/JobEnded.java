package io.abgate.registry.policy;

import org.jspecify.annotations.Nullable;

/**
 * A training ended.
 *
 * @param job its number
 * @param state SUCCEEDED, REJECTED, HELD or FAILED
 * @param version that came of it
 * @param reason one clause for a person
 * @param atMillis when; absent in ledgers of an earlier abgate
 */
public record JobEnded(
        long job,
        String state,
        @Nullable Integer version,
        String reason,
        @Nullable Long atMillis) implements Change {
    /** One at a time that nobody noted. */
    public JobEnded(long job, String state, @Nullable Integer version, String reason) {
        this(job, state, version, reason, null);
    }

    @Override
    public String type() {
        return "JOB_ENDED";
    }

    @Override
    public String summary() {
        return "Training " + job + " ended " + state + ": " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.jobEnded(this);
    }
}
