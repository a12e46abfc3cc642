package io.abgate.gateway.client;

/** A command could not do its work; the message is the one line that people see. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SERVER_ERRORS = 500;

    private final int status;

    public CommandFailedException(String message) {
        this(0, message);
    }

    /** The gateway refused with this HTTP status. */
    public CommandFailedException(int status, String message) {
        super(message.replace('\n', ' ').strip());
        this.status = status;
    }

    /** Whether the same may succeed later: the gateway answered that it cannot do it now. */
    public boolean isTemporary() {
        return status >= SERVER_ERRORS;
    }
}
