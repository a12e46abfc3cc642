package io.abgate.gateway.http;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.gateway.overload.Overload;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BodyBudgetTest {
    private static final String INFER = "/v2/models/mail/infer";
    private static final int PART_BYTES = 700_000;
    private static final String LARGE = textBody("a") + " ".repeat(PART_BYTES); // one long text would be no fast one
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void givesWhatThereIs() {
        BodyBudget budget = new BodyBudget(10);
        assertThat(budget.take(10)).isTrue();
        assertThat(budget.take(1)).isFalse();
        budget.giveBack(1);
        assertThat(budget.take(1)).isTrue();
    }

    @Test
    void bodiesThatDoNotFitAreRefusedUntilOthersHaveArrivedOrGone(Vertx vertx) throws IOException {
        DataListener listener = new DataListener(vertx, new Overload(5, 100, 8, 1_000, 1), Models.mail())
                .route(table(7, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.ofText("sha1"));
        assertThat(listener.post(INFER, LARGE).statusCode()).isEqualTo(200);
        try (Socket slow = unfinished(listener.port())) {
            await().atMost(PATIENCE).until(() -> listener.post(INFER, LARGE).statusCode() == 503);
            HttpResponse<String> refused = listener.post(INFER, LARGE);
            assertThat(refused.body()).startsWith("{\"error\":\"load: more bytes of requests than are kept");
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(listener.post(INFER, textBody("small")).statusCode()).isEqualTo(200);
            assertThat(slow.isConnected()).isTrue();
        }
        await().atMost(PATIENCE).until(() -> listener.post(INFER, LARGE).statusCode() == 200);
    }

    /** A request whose body never comes to its end. */
    private static Socket unfinished(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            String head = "POST " + INFER + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n";
            socket.getOutputStream().write((head + "a".repeat(PART_BYTES)).getBytes(US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
