package io.abgate.registry.store;

/** The store could not write or read; the message says why in one line. */
public sealed class StoreException extends RuntimeException permits DeposedException, LeaseHeldException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        super(message);
    }

    /** What could not be done, and the first line of why. */
    static StoreException of(String what, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return new StoreException(what + ": " + why, cause);
    }
}
