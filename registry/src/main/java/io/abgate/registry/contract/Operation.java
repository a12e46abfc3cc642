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
 */
public record Operation(
        Kind kind,
        String model,
        long number,
        String body,
        @Nullable Artifact artifact,
        String actor) {
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
