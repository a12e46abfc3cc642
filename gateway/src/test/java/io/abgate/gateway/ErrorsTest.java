package io.abgate.gateway;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.HostedModels;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ErrorsTest {
    private static final String INFER = "/v2/models/mail/infer";

    private DataListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.mail(), Models.digits())
                .route(table(7, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.ofText("sha1"));
    }

    @Test
    void unknownPathsAndModelsAreNotFound() {
        assertError(listener.get("/"), 404, "path: / (expected: a path of the Open Inference Protocol v2 below /v2)");
        assertError(listener.get("/v2/nothing"), 404, "path: /v2/nothing");
        assertError(listener.get("/v2/models/nobody"), 404, "model: nobody (expected: one of [digits, mail])");
        assertError(listener.post("/v2/models/nobody/infer", "{}"), 404, "model: nobody");
        assertError(listener.post("/v2/models/nobody/feedback", "{}"), 404, "model: nobody");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        HttpResponse<String> response = listener.get(INFER);
        assertError(response, 405, "method: GET (expected: POST)");
        assertThat(response.headers().firstValue("allow")).contains("POST");
        assertError(listener.send(listener.request("/v2").DELETE()), 405, "method: DELETE (expected: GET)");
    }

    @Test
    void aModelWithoutATableIsUnavailable() {
        HttpResponse<String> response = listener.post("/v2/models/digits/infer", "{}");
        assertError(response, 503, "model: digits (expected: a route table of the registry");
        assertThat(response.headers().firstValue("retry-after")).contains("1");
    }

    @Test
    void ofABugNothingIsToldButThatThereIsOne() {
        listener.route(table(8, version(1, Stage.CHAMPION, 0), version(2, Stage.SHADOW, 1)));
        assertError(listener.post(INFER, textBody("a")), 500, "internal error");
    }

    @Test
    void otherMediaTypesAreRefused() {
        assertError(listener.post(INFER, "{}", "Content-Type", "text/xml"), 415, "content-type: text/xml (expected:");
        assertError(listener.post(INFER, "{}", "Content-Encoding", "br"), 415, "content-encoding: br (expected: gzip");
        assertThat(listener.post(INFER, textBody("a"), "Content-Type", "Application/JSON; charset=utf-8")
                        .statusCode())
                .isEqualTo(200);
        assertThat(listener.post(INFER, textBody("a"), "Content-Type", "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyOfAMegabyteIsTheMost() {
        String text = textBody("a") + " ".repeat((1 << 20) - textBody("a").length());
        assertThat(listener.post(INFER, text).statusCode()).isEqualTo(200);
        assertError(listener.post(INFER, text + " "), 413, "body: 1048577 bytes or more (expected: at most 1048576");
    }

    @Test
    void aBodyWithoutALengthIsBoundedToo() {
        byte[] large = new byte[5 << 20];
        HttpResponse<String> response = listener.send(
                listener.request(INFER).POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large))));
        assertError(response, 413, "body: ");
    }

    @Test
    void aBodyThatInflatesTooFarIsRefused() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(new byte[200 << 20]);
        }
        HttpResponse<String> response = listener.post(INFER, zipped.toByteArray(), "Content-Encoding", "gzip");
        assertError(response, 413, "body: more than 1048576 bytes inflated");
    }

    @Test
    void aClientThatSendsEverythingFirstStillSeesThatItWasTooMuch() throws IOException {
        byte[] part = new byte[1 << 20];
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            write(
                    out,
                    "POST " + INFER + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 20971520\r\n\r\n");
            for (int sent = 0; sent < 20; sent++) {
                out.write(part);
            }
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("{\"error\":\"body: 20971520 bytes or more");
        }
    }

    @Test
    void theConnectionLivesOnAfterwards() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            write(out, "POST " + INFER + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n");
            out.write(new byte[3_000_000]);
            write(out, "GET /v2/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answers).startsWith("HTTP/1.1 413 ").contains("HTTP/1.1 200 ", "{\"live\":true}");
        }
    }

    @Test
    void whoAsksFirstIsToldAtOnce() throws IOException {
        try (Socket socket = connect()) {
            write(
                    socket.getOutputStream(),
                    "POST " + INFER
                            + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 413");
        }
        String body = textBody("a");
        try (Socket socket = connect()) {
            write(
                    socket.getOutputStream(),
                    "POST " + INFER + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n");
            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100");
            write(socket.getOutputStream(), body);
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .contains("HTTP/1.1 200");
        }
    }

    @Test
    void whatIsNoHttpIsABadRequest() throws IOException {
        assertThat(sendRaw("GET /\u0001 HTTP/x\r\n\r\n")).contains(" 400 ").contains("{\"error\":\"");
        assertThat(sendRaw("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 414 ")
                .contains("{\"error\":\"");
        assertThat(sendRaw("POST " + INFER + " HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n"))
                .contains(" 400 ")
                .contains("{\"error\":\"");
        assertThat(sendRaw("GET /v2 HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(10_000) + "\r\n\r\n"))
                .contains(" 431 ", "{\"error\":\"");
        assertThat(sendRaw("GET /v2/models/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains(" 400 ", "{\"error\":\"");
    }

    @Test
    void overloadIsRefused() throws InterruptedException {
        DataListener tiny =
                new DataListener(Vertx.vertx(), 1, Models.mail()).route(table(7, version(1, Stage.CHAMPION, 1)));
        CountDownLatch asked = new CountDownLatch(1);
        tiny.vertx
                .eventBus()
                .consumer(Addresses.replica("mail", 1, "sha1", DataListener.NODE), slow -> asked.countDown());
        tiny.hosted.add("mail", 1, new HostedModels.Entry(FakeModel.ofText("sha1"), Long.MAX_VALUE));
        CompletableFuture<HttpResponse<String>> first =
                CompletableFuture.supplyAsync(() -> tiny.post(INFER, textBody("a")));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(tiny.post(INFER, textBody("a")).body()).contains("requests in flight: 1 (expected: fewer");
        assertThat(first.join().statusCode()).isEqualTo(503);
        tiny.vertx.close().await();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private String sendRaw(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket.getOutputStream(), request);
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    private static void assertError(HttpResponse<String> response, int status, String message) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        JsonObject body = new JsonObject(response.body());
        assertThat(body.fieldNames()).containsExactly("error");
        assertThat(body.getString("error")).startsWith(message).doesNotContain("Exception", "\n");
    }
}
