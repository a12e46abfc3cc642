package io.abgate.gateway.launcher;

/** A process could not start; the message is one line for a person. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
