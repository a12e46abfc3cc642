package io.abgate.registry.store;

/** Another process has taken the lease: this one may not write any more. */
public final class DeposedException extends StoreException {
    private static final long serialVersionUID = 1L;

    DeposedException(String message) {
        super(message);
    }
}
