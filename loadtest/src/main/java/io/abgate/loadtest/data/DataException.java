package io.abgate.loadtest.data;

/** A data set cannot be used; the message is one line that says which, where and why. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DataException(String message) {
        super(message);
    }
}
