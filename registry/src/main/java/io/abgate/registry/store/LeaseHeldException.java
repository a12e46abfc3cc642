package io.abgate.registry.store;

/** Another process leads, and its lease has not run out: this one may stand by and try again. */
public final class LeaseHeldException extends StoreException {
    private static final long serialVersionUID = 1L;

    LeaseHeldException(String message) {
        super(message);
    }
}
