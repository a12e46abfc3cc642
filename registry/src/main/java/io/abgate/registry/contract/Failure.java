package io.abgate.registry.contract;

import io.vertx.core.eventbus.ReplyException;

/** The causes for which a message is refused; the code is the HTTP status that an edge answers with. */
public enum Failure {
    INVALID(400),
    NOT_FOUND(404),
    CONFLICT(409),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    Failure(int status) {
        this.status = status;
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
                case RECIPIENT_FAILURE -> ofStatus(reply.failureCode());
            };
        }
        return failure instanceof IllegalArgumentException ? INVALID : INTERNAL;
    }

    private static Failure ofStatus(int status) {
        for (Failure failure : values()) {
            if (failure.status == status) {
                return failure;
            }
        }
        return INTERNAL;
    }
}
