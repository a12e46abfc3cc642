package io.abgate.loadtest;

import org.jspecify.annotations.Nullable;

/** Nothing can be measured; the message is the one line that people see. */
final class CannotRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotRunException(@Nullable String message) {
        super(message);
    }
}
