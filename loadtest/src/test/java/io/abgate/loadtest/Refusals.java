package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Refusals in the form that each listener promises. */
final class Refusals {
    private Refusals() {}

    /** The reason that an application is given. */
    static String error(int status, HttpRequest.Builder request, String body) throws IOException {
        HttpResponse<String> response = GatewayClient.send(request.POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        JsonNode error = GatewayClient.json(response.body());
        assertThat(error.fieldNames()).toIterable().containsExactly("error");
        return error.path("error").asText();
    }

    /** The reason that an operator is given. */
    static String problem(int status, HttpRequest.Builder request) throws IOException {
        HttpResponse<String> response = GatewayClient.send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        JsonNode problem = GatewayClient.json(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText())
                .isEqualTo(HttpResponseStatus.valueOf(status).reasonPhrase());
        return problem.path("detail").asText();
    }

    /** One line for a person, whichever listener refused. */
    static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        JsonNode body = GatewayClient.json(response.body());
        String reason = body.path(body.has("error") ? "error" : "detail").asText();
        assertThat(reason).isNotBlank().doesNotContain("\n", "Exception", "\tat ");
    }
}
