package io.abgate.registry.contract;

import org.jspecify.annotations.Nullable;

/**
 * Something that an operator asks of the registry.
 *
 * @param kind what
 * @param model of which model; empty where the kind has none
 * @param number version or job, 0 where the kind has none
 * @param body request parameters as JSON text, an object
 * @param artifact bytes to register, for {@link Kind#REGISTER} only
 * @param actor who asks
 */
@SuppressWarnings("ArrayRecordComponent") // a message: compared by nobody
public record Operation(Kind kind, String model, long number, String body, byte @Nullable [] artifact, String actor) {
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
        JOB,
        PAUSE,
        RESUME,
        ROUTING,
        EVENTS
    }
}
