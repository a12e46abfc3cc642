package io.abgate.gateway.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class UnsoundRequestsTest {
    private AdminListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new AdminListener(vertx);
    }

    @Test
    void aBodyWithoutALengthIsBoundedToo() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            String head = String.join(
                    "\r\n",
                    "POST /api/v1/models/mail/versions HTTP/1.1",
                    "Host: localhost",
                    "Connection: close",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                    "",
                    "");
            out.write(head.getBytes(ISO_8859_1));
            byte[] megabyte = new byte[1 << 20];
            for (int sent = 0; sent < 17; sent++) {
                out.write("100000\r\n".getBytes(ISO_8859_1));
                out.write(megabyte);
                out.write("\r\n".getBytes(ISO_8859_1));
            }
            out.write("0\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json");
        }
        assertThat(listener.operations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /\u0001 HTTP/x', 400",
        "'GET /api/v1/models/%E0%A4%A HTTP/1.1', 400",
        "'GET /api/v1/events?type=%zz HTTP/1.1', 400",
        "'POST /api/v1/models/mail/versions?note=%zz HTTP/1.1', 400"
    })
    void whatIsNoHttpIsAProblemToo(String line, int status) throws IOException {
        assertRaw(line + "\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n", status);
        assertThat(listener.operations).isEmpty();
    }

    @Test
    void overlongLinesAndHeadersAreProblemsToo() throws IOException {
        String much = "a".repeat(10_000);
        assertRaw("GET /" + much + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414);
        assertRaw("GET / HTTP/1.1\r\nHost: localhost\r\nA: " + much + "\r\n\r\n", 431);
    }

    private void assertRaw(String request, int status) throws IOException {
        String answer = listener.raw(request);
        assertThat(answer)
                .containsPattern("^HTTP/1\\.[01] " + status + " ")
                .contains("application/problem+json", "\"status\":" + status)
                .doesNotContain("\tat ", "Exception");
    }
}
