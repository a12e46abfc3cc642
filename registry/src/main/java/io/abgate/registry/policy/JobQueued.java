package io.abgate.registry.policy;

import org.jspecify.annotations.Nullable;

/**
 * A training was ordered.
 *
 * @param job its number
 * @param automatic whether a trigger asked for it
 * @param reason one clause for a person
 * @param atMillis when; absent in ledgers of an earlier abgate
 * @param receipt of the verdict behind it; absent when an operator is
 */
public record JobQueued(
        long job,
        boolean automatic,
        String reason,
        @Nullable Long atMillis,
        @Nullable Long receipt) implements Change {
    /** One at a time that nobody noted. */
    public JobQueued(long job, boolean automatic, String reason) {
        this(job, automatic, reason, null);
    }

    /** One that no verdict is behind, or one whose verdict waited for approval. */
    public JobQueued(long job, boolean automatic, String reason, @Nullable Long atMillis) {
        this(job, automatic, reason, atMillis, null);
    }

    @Override
    public String type() {
        return "JOB_QUEUED";
    }

    @Override
    public String summary() {
        return "Training " + job + " was ordered: " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.jobQueued(this, seq);
    }
}
