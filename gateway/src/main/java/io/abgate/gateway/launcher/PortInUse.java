package io.abgate.gateway.launcher;

import io.abgate.gateway.configuration.Configuration.Listener;
import io.abgate.registry.domain.Check;
import java.net.BindException;

/** Says which listener found its port taken. */
final class PortInUse {
    private PortInUse() {}

    static Throwable explain(String listener, Listener wanted, Throwable failure) {
        return failure instanceof BindException
                ? new IllegalStateException(
                        Check.message(listener + ".port", wanted.port(), "a free port on " + wanted.host()), failure)
                : failure;
    }
}
