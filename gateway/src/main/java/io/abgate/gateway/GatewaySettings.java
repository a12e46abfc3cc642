package io.abgate.gateway;

import io.abgate.registry.domain.Check;

/**
 * What operators say of the data listener.
 *
 * @param node name of this process
 * @param host address to listen on
 * @param port to listen on; 0 is any free one
 * @param mostInFlight predictions that one event loop has in flight before it refuses more with 503
 */
public record GatewaySettings(String node, String host, int port, int mostInFlight) {
    private static final int DEFAULT_IN_FLIGHT = 1_000;
    private static final int LAST_PORT = 65_535;

    public GatewaySettings {
        Check.that(!node.isBlank(), "node", node, "a name");
        Check.that(port >= 0 && port <= LAST_PORT, "data.port", port, "0 to " + LAST_PORT);
        Check.that(mostInFlight > 0, "mostInFlight", mostInFlight, "a number from 1");
    }

    public GatewaySettings(String node, String host, int port) {
        this(node, host, port, DEFAULT_IN_FLIGHT);
    }
}
