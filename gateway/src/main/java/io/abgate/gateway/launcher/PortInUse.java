package io.abgate.gateway.launcher;

import io.abgate.gateway.configuration.Configuration;
import io.abgate.gateway.configuration.Configuration.Listener;
import io.abgate.gateway.configuration.Role;
import io.abgate.registry.domain.Check;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Says which listener found its port taken. */
final class PortInUse {
    private PortInUse() {}

    /** Looks before anything is started or written, so that a process that cannot listen leaves nothing behind. */
    static void check(Configuration configuration) {
        if (configuration.roles().contains(Role.GATEWAY)) {
            check("data", configuration.data());
        }
        check("admin", configuration.admin());
        if (configuration.cluster().isJoined()) {
            check(
                    "cluster",
                    new Listener(
                            configuration.cluster().host(),
                            configuration.cluster().port()));
        }
    }

    private static void check(String listener, Listener wanted) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // as the listeners do
            probe.bind(new InetSocketAddress(wanted.host(), wanted.port()));
        } catch (IOException e) {
            throw new StartException(explain(listener, wanted, e));
        }
    }

    static Throwable explain(String listener, Listener wanted, Throwable failure) {
        return failure instanceof BindException
                ? new IllegalStateException(
                        Check.message(listener + ".port", wanted.port(), "a free port on " + wanted.host()), failure)
                : failure;
    }
}
