package io.abgate.gateway.configuration;

import io.abgate.registry.domain.Check;

/** Something that operators wrote cannot be used; the message is one line that says where, what and what instead. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse(""));
    }

    static ConfigurationException expected(String where, Object came, String expected) {
        return new ConfigurationException(Check.message(where, came, expected));
    }
}
