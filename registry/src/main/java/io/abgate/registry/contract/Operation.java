package io.abgate.registry.contract;

import org.jspecify.annotations.Nullable;

/**
 * Something that an operator asks of the registry.
 *
 * @param kind what
 * @param model of which model; empty where the kind has none
 * @param number version or job, 0 where the kind has none
 * @param body request parameters as JSON text, an object
 * @param artifact to register, for {@link Kind#REGISTER} only
 * @param actor who asks
 * @param idempotencyKey under which it is done at most once, however often it is asked; absent without one
 */
public record Operation(
        Kind kind,
        String model,
        long number,
        String body,
        @Nullable Artifact artifact,
        String actor,
        @Nullable String idempotencyKey) {
    /** An operation that is done as often as it is asked. */
    public Operation(Kind kind, String model, long number, String body, @Nullable Artifact artifact, String actor) {
        this(kind, model, number, body, artifact, actor, null);
    }

    /** The operations. */
    public enum Kind {
        MODELS,
        MODEL,
        VERSIONS,
        VERSION,
        ARTIFACT,
        REGISTER,
        PROMOTE,
        ROLLBACK,
        ABORT,
        RETRAIN,
        BUFFER,
        AUDIT,
        JOB,
        APPROVE,
        DROP,
        APPROVE_PROMOTION,
        RELEASE,
        PAUSE,
        RESUME,
        ROUTING,
        EVENTS,
        HISTORY,
        ASSIGNMENT,
        PREDICTION,
        VOID,
        OVERRIDE,
        VERIFY,
        RECEIPT,
        REPLAY,
        SUITES,
        CHECK,
        DRILL
    }
}
