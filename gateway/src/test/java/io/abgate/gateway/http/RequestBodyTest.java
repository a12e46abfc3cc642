package io.abgate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RequestBodyTest {
    private static final byte[] NO_GZIP = {1, 2, 3};

    private final BodyBudget budget = new BodyBudget(1_000);

    private int answer(Vertx vertx, boolean hasRoom) throws TimeoutException, IOException, InterruptedException {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request ->
                        RequestBody.read(budget, request, () -> hasRoom || refuse(request), body -> request.response()
                                .end()))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()))
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(NO_GZIP))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.statusCode();
    }

    private static boolean refuse(HttpServerRequest request) {
        Errors.answerBusy(request);
        return false;
    }

    @Test
    void nothingIsInflatedForWhichThereIsNoRoom(Vertx vertx) throws Exception {
        assertThat(answer(vertx, true)).isEqualTo(400);
        assertThat(answer(vertx, false)).isEqualTo(503);
        assertThat(budget.take(1_000)).isTrue();
    }
}
