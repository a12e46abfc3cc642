package io.abgate.gateway.cli;

import io.abgate.gateway.client.Server;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

/**
 * The running gateway that commands talk to.
 *
 * @param admin its listener for operators
 * @param data its listener for applications
 */
record Gateway(Server admin, Server data) {
    static final String ADMIN_URL = "http://127.0.0.1:8081";
    static final String DATA_URL = "http://127.0.0.1:8080";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    static Gateway of(Map<String, String> environment) {
        return new Gateway(
                server(environment, "ABGATE_URL", ADMIN_URL), server(environment, "ABGATE_DATA_URL", DATA_URL));
    }

    private static Server server(Map<String, String> environment, String variable, String url) {
        return new Server(() -> Client.ONE, variable, environment.getOrDefault(variable, url));
    }

    /** Made at the first question: its certificates take a fifth of a second, for which no other command waits. */
    private static final class Client {
        static final HttpClient ONE = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }
}
