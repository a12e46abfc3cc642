package io.abgate.registry.store;

import java.time.Instant;

/**
 * A durable job.
 *
 * @param id its number, from 1
 * @param body JSON text: what was ordered and what came of it
 */
public record JobRow(long id, String model, State state, String body, Instant createdAt, Instant updatedAt) {
    /** Where a job is. */
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        REJECTED,
        HELD,
        FAILED;

        /** Whether nothing more will happen to it. */
        public boolean isEnded() {
            return this != QUEUED && this != RUNNING;
        }
    }
}
