package io.abgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ProblemsTest {
    private AdminListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new AdminListener(vertx);
    }

    @ParameterizedTest
    @EnumSource(names = "INTERNAL", mode = EnumSource.Mode.EXCLUDE)
    void aRefusalOfTheRegistryKeepsItsStatusAndReason(Failure failure) {
        listener.registry = operation -> {
            throw failure.because("version: 9 (expected: a version of mail)");
        };
        HttpResponse<String> answer = listener.get("/api/v1/models/mail/versions/9");
        assertProblem(answer, failure.status(), "version: 9 (expected: a version of mail)");
        assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(failure.status() == 503);
    }

    @ParameterizedTest
    @CsvSource({
        "STILL_RUNNING, Conflict, urn:abgate:problem:idempotency-key-in-use",
        "KEY_REUSED, Unprocessable Entity, urn:abgate:problem:idempotency-key-reused",
        "CONFLICT, Conflict, about:blank",
        "UNAVAILABLE, Service Unavailable, about:blank"
    })
    void whatAClientHasToTellApartIsNamed(Failure failure, String title, String type) {
        listener.registry = operation -> {
            throw failure.because("said so");
        };
        JsonObject problem = new JsonObject(
                listener.post("/api/v1/models/mail/promote", "{\"version\":2}").body());
        assertThat(problem.getString("type")).isEqualTo(type);
        assertThat(problem.getString("title")).isEqualTo(title);
        assertThat(problem.getString("detail")).isEqualTo("said so");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, models/mail/promote",
        "POST, models/mail/versions",
        "POST, models/mail/labels/void",
        "PUT, models/mail/routing"
    })
    void aWriteThatTheRegistryCannotTakeIsToBeSentAgain(String method, String path) {
        for (String words : List.of(
                "the registry's write queue is full or closed", "the store cannot write: database or disk is full")) {
            listener.registry = operation -> {
                throw Failure.UNAVAILABLE.because(words);
            };
            HttpResponse<String> answer =
                    listener.send(method, "/api/v1/" + path, "{}", "Content-Type", "application/json");
            assertProblem(answer, 503, words);
            assertThat(answer.headers().allValues("retry-after")).containsExactly("1");
        }
    }

    @Test
    void aWriteWhoseAnswerIsLostMayHaveBeenDone() {
        listener.registry = operation -> {
            throw new ReplyException(ReplyFailure.TIMEOUT, "lost");
        };
        HttpResponse<String> answer = listener.post("/api/v1/models/mail/promote", "{\"version\":2}");
        assertProblem(
                answer,
                503,
                "the registry does not answer: perhaps done, perhaps not"
                        + " (expected: that you look, or send it again with its Idempotency-Key)");
        assertProblem(listener.get("/api/v1/models"), 503, "the registry does not answer");
        assertProblem(listener.post("/api/v1/verify", ""), 503, "the registry does not answer");
    }

    @Test
    void anIdempotencyKeyIsOneValueOfVisibleCharacters() throws IOException {
        String expected = " (expected: one value of 1 to 255 visible ASCII characters)";
        String path = "/api/v1/models/mail/promote";
        for (String key : List.of("", "a b", "a\tb")) {
            assertProblem(
                    listener.send("POST", path, "{}", "Content-Type", "application/json", "Idempotency-Key", key),
                    400,
                    "Idempotency-Key: " + key + expected);
        }
        String[] twice = {"Content-Type", "application/json", "Idempotency-Key", "a", "Idempotency-Key", "a"};
        assertProblem(listener.send("POST", path, "{}", twice), 400, "Idempotency-Key: 2 values" + expected);
        assertProblem(
                listener.send(
                        "POST", path, "{}", "Content-Type", "application/json", "Idempotency-Key", "k".repeat(256)),
                400,
                "Idempotency-Key: 256 characters" + expected);
        assertThat(listener.raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Idempotency-Key: caf\u00e9\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(listener.operations).isEmpty();
    }

    @Test
    void ofABugNothingIsToldButThatThereIsOne() {
        listener.registry = operation -> {
            throw Failure.INTERNAL.because("java.lang.NullPointerException at Desk.java:17");
        };
        assertProblem(listener.get("/api/v1/models"), 500, "internal error, see the log");
    }

    @Test
    void withoutARegistryOperationsAreUnavailable() {
        listener.stopRegistry();
        HttpResponse<String> answer = listener.post("/api/v1/models/mail/promote", "{\"version\":2}");
        assertProblem(answer, 503, "the registry does not answer");
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(listener.get("/metrics").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1", "/api/v1/nothing", "/api/v1/models/mail/promote/now", "/metrics/x"})
    void unknownPathsAreNotFound(String path) {
        assertProblem(listener.get(path), 404, "path: " + path + " (expected: /metrics or a path of /openapi.json)");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/models/mail/promote, POST",
        "DELETE, /api/v1/models/mail/versions, 'GET, POST'",
        "OPTIONS, /api/v1/models/mail/routing, PUT",
        "POST, /metrics, GET",
        "NONSENSE, /api/v1/models, GET"
    })
    void otherMethodsAreToldWhichAreAllowed(String method, String path, String allowed) {
        HttpResponse<String> answer = listener.send(method, path, "");
        assertProblem(answer, 405, "method: " + method + " (expected: " + allowed + ")");
        assertThat(answer.headers().allValues("allow")).containsExactly(allowed);
    }

    @Test
    void writesThatDoNotSayJsonAreRefused() {
        for (String path : new String[] {"promote", "versions", "retrain"}) {
            String full = "/api/v1/models/mail/" + path;
            assertProblem(listener.send("POST", full, "{}"), 415, "Content-Type: null (expected: application/json)");
            assertProblem(
                    listener.send("POST", full, "{}", "Content-Type", "text/plain"),
                    415,
                    "Content-Type: text/plain (expected: application/json)");
            assertProblem(
                    listener.send("POST", full, "{}", "Content-Type", "application/x-www-form-urlencoded"),
                    415,
                    "Content-Type: application/x-www-form-urlencoded (expected: application/json)");
        }
        assertThat(listener.operations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/jobs/seven, 'job: seven (expected: a whole number)'",
        "/api/v1/jobs/99999999999999999999, 'job: 99999999999999999999 (expected: a whole number)'",
        "/api/v1/models/mail/versions/1.5, 'version: 1.5 (expected: a whole number)'",
        "/api/v1/models/mail/versions/x/artifact, 'version: x (expected: a whole number)'",
        "/api/v1/events?after=, 'after:  (expected: a whole number)'",
        "/api/v1/events?limit=ten, 'limit: ten (expected: a whole number)'"
    })
    void whatIsNoNumberIsRefused(String path, String detail) {
        assertProblem(listener.get(path), 400, detail);
        assertThat(listener.operations).isEmpty();
    }

    @Test
    void sixteenMegabytesAreTheMost() {
        listener.registry = operation -> new Answer(201, "{}");
        String most = " ".repeat(16 << 20);
        assertThat(listener.post("/api/v1/models/mail/versions", most).statusCode())
                .isEqualTo(201);
        assertThat(listener.operations).hasSize(1);
        assertProblem(
                listener.post("/api/v1/models/mail/versions", most + " "),
                413,
                "body: too large (expected: at most 16777216 bytes)");
        assertThat(listener.operations).hasSize(1);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.fieldNames()).containsExactlyInAnyOrder("type", "title", "status", "detail");
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isEqualTo(detail);
    }
}
