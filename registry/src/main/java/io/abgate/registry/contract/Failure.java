package io.abgate.registry.contract;

import io.vertx.core.eventbus.ReplyException;

/** The causes for which a message is refused, and the HTTP status that an edge answers with. */
public enum Failure {
    INVALID(400),
    NOT_FOUND(404),
    CONFLICT(409),
    /** An operation with the same idempotency key is not done yet. */
    STILL_RUNNING(4091, 409),
    /** An idempotency key came before with another request. */
    KEY_REUSED(422),
    INTERNAL(500),
    UNAVAILABLE(503),
    /** Nothing is broken, but there is too much to do to answer in time. */
    BUSY(5031, 503);

    private final int code;
    private final int status;

    Failure(int status) {
        this(status, status);
    }

    Failure(int code, int status) {
        this.code = code;
        this.status = status;
    }

    /** What stands for it in a failed reply. */
    public int code() {
        return code;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** A refusal for this cause; travels over the bus as the failed reply. */
    public Refusal because(String message) {
        return new Refusal(this, message);
    }

    /**
     * The cause behind a failed reply. Nobody listening, or no answer in time, is {@link #UNAVAILABLE}; bad arguments
     * are {@link #INVALID}; whatever was not foreseen is {@link #INTERNAL}.
     */
    public static Failure of(Throwable failure) {
        if (failure instanceof ReplyException reply) {
            return switch (reply.failureType()) {
                case TIMEOUT, NO_HANDLERS, ERROR -> UNAVAILABLE;
                case RECIPIENT_FAILURE -> ofCode(reply.failureCode());
            };
        }
        return failure instanceof IllegalArgumentException ? INVALID : INTERNAL;
    }

    /**
     * Whether a registry refused a message because its sender belongs to another store: a {@link #CONFLICT} whose text
     * begins with {@code store:}. Another registry may take it.
     */
    public static boolean isOfAnotherStore(Throwable failure) {
        return of(failure) == CONFLICT && String.valueOf(failure.getMessage()).startsWith("store:");
    }

    private static Failure ofCode(int code) {
        for (Failure failure : values()) {
            if (failure.code == code) {
                return failure;
            }
        }
        return INTERNAL;
    }
}
