package io.abgate.registry.contract;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** A message was refused, with a cause and one line for a person. */
public final class Refusal extends ReplyException {
    private static final long serialVersionUID = 1L;

    Refusal(Failure failure, String message) {
        super(ReplyFailure.RECIPIENT_FAILURE, failure.code(), message);
    }
}
