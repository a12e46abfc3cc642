package io.abgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The contract of the admin listener, and a client that holds every answer against it. */
final class Contract {
    private static final String JSON = "application/json";
    /** The validator knows no media type like this one; the contract that it gets calls it JSON. */
    private static final String PROBLEM = "application/problem+json";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ResponseValidator validator;
    private final String url;

    Contract(Vertx vertx, String url) {
        String text = vertx.fileSystem().readFileBlocking("openapi.json").toString();
        JsonObject known = new JsonObject(text.replace(PROBLEM, JSON));
        this.validator = ResponseValidator.create(
                vertx, OpenAPIContract.from(vertx, known).await());
        this.url = url;
    }

    /** Sends a request; its answer must have this status and be as the operation promises. */
    JsonObject answer(String operation, String method, String path, String body, int status, String... headers) {
        HttpResponse<String> answer = send(method, path, body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains(status < 400 ? JSON : PROBLEM);
        validated(operation, status, answer.body()).await();
        return new JsonObject(answer.body());
    }

    boolean allows(String operation, int status, String body) {
        return validated(operation, status, body)
                .transform(done -> Future.succeededFuture(done.succeeded()))
                .await();
    }

    private Future<?> validated(String operation, int status, String body) {
        return validator.validate(ValidatableResponse.create(status, Buffer.buffer(body), JSON), operation);
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                    .header("Content-Type", "application/json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
