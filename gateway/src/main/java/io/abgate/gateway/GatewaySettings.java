package io.abgate.gateway;

import io.abgate.gateway.overload.Overload;
import io.abgate.registry.domain.Check;

/**
 * What operators say of the data listener.
 *
 * @param node name of this process
 * @param host address to listen on
 * @param port to listen on; 0 is any free one
 * @param overload from when on an event loop refuses predictions with 503
 */
public record GatewaySettings(String node, String host, int port, Overload overload) {
    private static final int LAST_PORT = 65_535;

    public GatewaySettings {
        Check.that(!node.isBlank(), "node", node, "a name");
        Check.that(port >= 0 && port <= LAST_PORT, "data.port", port, "0 to " + LAST_PORT);
    }

    public GatewaySettings(String node, String host, int port) {
        this(node, host, port, Overload.DEFAULT);
    }
}
