package io.abgate.gateway.http;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that are sent before those ahead of them are answered get their answers in the order they came (RFC 9112, 9.3.2). */
@ExtendWith(VertxExtension.class)
class PipeliningTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final Pattern ID = Pattern.compile("\"id\":\"(\\w+)\"");
    private static final String INFER = "/v2/models/mail/infer";

    @Test
    void answersComeInTheOrderOfTheRequests(Vertx vertx) throws IOException {
        DataListener listener = new DataListener(vertx, Models.mail())
                .route(table(7, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.ofText("sha1"));
        String requests = post(INFER, named("first"))
                + post("/v2/models/mail/feedback", "{")
                + post(INFER, named("second"))
                + post(INFER, "{")
                + get("/v2/health/live")
                + post("/v2/models/nobody/infer", named("third"))
                + post(INFER, named("fourth")).replace("Host: x", "Host: x\r\nConnection: close");

        String answers = exchange(listener.port(), requests);

        assertThat(STATUS.matcher(answers).results().map(PipeliningTest::group))
                .as(answers)
                .containsExactly("200", "400", "200", "400", "200", "404", "200");
        assertThat(ID.matcher(answers).results().map(PipeliningTest::group))
                .containsExactly("first", "second", "fourth");
    }

    private static String group(MatchResult match) {
        return match.group(1);
    }

    private static String named(String id) {
        return textBody("hello").replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static String exchange(int port, String requests) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(requests.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
