package io.abgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class SameOriginTest {
    private AdminListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new AdminListener(vertx);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8081",
                "localhost:1",
                "127.0.0.1",
                "127.0.0.1:8081",
                "[::1]",
                "[::1]:8081"
            })
    void thisMachinesNamesAreTaken(String host) throws IOException {
        assertThat(post("Host: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(post("Host: " + host + "\r\nOrigin: http://" + host + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8081",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1:8081",
                "0.0.0.0:8081"
            })
    void foreignHostsAreRefused(String host) throws IOException {
        assertRefused(post("Host: " + host + "\r\n"));
        assertRefused(listener.raw("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"));
    }

    @Test
    void aRequestWithoutAHostIsRefused() throws IOException {
        assertThat(post("")).startsWith("HTTP/1.1 4").contains("application/problem+json");
        assertThat(listener.operations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8081, http://evil.example",
        "localhost:8081, http://localhost",
        "localhost:8081, http://localhost:3000",
        "localhost:8081, https://localhost:8081",
        "localhost:8081, http://127.0.0.1:8081",
        "localhost:8081, http://localhost:8081.evil.example",
        "localhost:8081, http://localhost:8081@evil.example",
        "localhost:8081, null",
        "localhost:8081, no origin",
        "localhost, http://localhost:8081"
    })
    void foreignOriginsAreRefused(String host, String origin) throws IOException {
        assertRefused(post("Host: " + host + "\r\nOrigin: " + origin + "\r\n"));
    }

    @Test
    void theAddressThatIsListenedOnIsThisMachinesToo() {
        SameOrigin check = new SameOrigin("127.0.0.2");
        assertThat(check.isTaken("127.0.0.2")).isTrue();
        assertThat(check.isTaken("127.0.0.3")).isFalse();
        assertThat(new SameOrigin("::1").isTaken("[::1]")).isTrue();
    }

    private String post(String headers) throws IOException {
        return listener.raw("POST /api/v1/models/mail/pause HTTP/1.1\r\n" + headers
                + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    }

    private void assertRefused(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("application/problem+json", "\"status\":403");
        assertThat(listener.operations).isEmpty();
    }
}
