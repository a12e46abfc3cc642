package io.abgate.gateway.admin;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.health.ClusterHealth;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class AdminApiTest {
    /** Answered by the process that is asked, as its own tests show. */
    private static final Set<String> LOCAL =
            Set.of("/api/v1/node", "/api/v1/models/{}/health", "/api/v1/models/{}/override", "/api/v1/predictions/{}");

    private AdminListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new AdminListener(vertx);
    }

    @ParameterizedTest
    @CsvSource({
        "/models, MODELS, '', 0",
        "/models/mail, MODEL, mail, 0",
        "/models/mail/versions, VERSIONS, mail, 0",
        "/models/mail/versions/3, VERSION, mail, 3",
        "/models/mail/versions/3/artifact, ARTIFACT, mail, 3",
        "/models/next%20%2F%C3%A9/versions/3, VERSION, next /é, 3",
        "/jobs/9000000000, JOB, '', 9000000000",
        "/events, EVENTS, '', 0",
        "/models/mail/history, HISTORY, mail, 0",
        "/models/mail/assignment, ASSIGNMENT, mail, 0",
        "/models/mail/buffer, BUFFER, mail, 0",
        "/receipts/9000000000, RECEIPT, '', 9000000000"
    })
    void readsAreForwarded(String path, Kind kind, String model, long number) {
        assertThat(listener.get("/api/v1" + path).statusCode()).isEqualTo(200);
        assertThat(listener.operations).containsExactly(new Operation(kind, model, number, "{}", null, "operator"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, promote, PROMOTE",
        "POST, rollback, ROLLBACK",
        "POST, abort, ABORT",
        "POST, retrain, RETRAIN",
        "POST, pause, PAUSE",
        "POST, resume, RESUME",
        "POST, labels/void, VOID",
        "PUT, routing, ROUTING"
    })
    void writesAreForwardedWithTheirBody(String method, String word, Kind kind) {
        String path = "/api/v1/models/mail/" + word;
        listener.send(method, path, "{\"reason\":\"é\"}", "Content-Type", "Application/JSON; charset=utf-8");
        listener.send(method, path, "", "Content-Type", "application/json");
        assertThat(listener.operations)
                .containsExactly(
                        new Operation(kind, "mail", 0, "{\"reason\":\"é\"}", null, "operator"),
                        new Operation(kind, "mail", 0, "{}", null, "operator"));
    }

    @ParameterizedTest
    @CsvSource({"approve, APPROVE", "drop, DROP"})
    void whatIsDecidedOfAJobIsForwardedWithItsNumber(String word, Kind kind) {
        listener.send("POST", "/api/v1/jobs/7/" + word, "{}", "Content-Type", "application/json");
        assertThat(listener.operations).containsExactly(new Operation(kind, "", 7, "{}", null, "operator"));
        assertThat(listener.send("POST", "/api/v1/jobs/x/" + word, "{}", "Content-Type", "application/json")
                        .body())
                .contains("job: x (expected: a whole number)");
    }

    @Test
    void anArtifactIsForwardedWithItsQuery() {
        listener.registry = operation -> new Answer(201, "{\"version\":4}");
        HttpResponse<String> answer =
                listener.post("/api/v1/models/mail/versions?tags=a,b&note=it%20is%20%26", "{\"format\":\"é\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"version\":4}");
        Operation operation = listener.operations.get(0);
        assertThat(operation.kind()).isEqualTo(Kind.REGISTER);
        assertThat(new JsonObject(operation.body()))
                .isEqualTo(new JsonObject().put("tags", "a,b").put("note", "it is &"));
        assertThat(Objects.requireNonNull(operation.artifact()).bytes())
                .isEqualTo("{\"format\":\"é\"}".getBytes(StandardCharsets.UTF_8));
        listener.post("/api/v1/models/mail/versions", "");
        assertThat(listener.operations.get(1).artifact()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /models/mail/promote",
        "POST, /models/mail/labels/void",
        "POST, /models/mail/versions",
        "PUT, /models/mail/routing"
    })
    void aWriteIsForwardedWithItsIdempotencyKey(String method, String path) {
        String longest = "!~\"" + "k".repeat(252);
        for (String key : List.of("7", longest)) {
            listener.send(method, "/api/v1" + path, "{}", "Content-Type", "application/json", "idempotency-key", key);
        }
        listener.send(method, "/api/v1" + path, "{}", "Content-Type", "application/json");
        assertThat(listener.operations).extracting(Operation::idempotencyKey).containsExactly("7", longest, null);
    }

    @Test
    void whatIsReadHasNoIdempotencyKey() {
        listener.get("/api/v1/models", "Idempotency-Key", "7");
        listener.send(
                "POST", "/api/v1/verify", "{}", "Content-Type", "application/json", "Idempotency-Key", "of a read");
        assertThat(listener.operations)
                .containsExactly(
                        new Operation(Kind.MODELS, "", 0, "{}", null, "operator"),
                        new Operation(Kind.VERIFY, "", 0, "{}", null, "operator"));
    }

    @Test
    void aReplayIsForwardedWithItsReceiptAndNoKey() {
        listener.send(
                "POST",
                "/api/v1/receipts/7/replay",
                "{\"from\":\"beginning\"}",
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "of a read");
        assertThat(listener.operations)
                .containsExactly(new Operation(Kind.REPLAY, "", 7, "{\"from\":\"beginning\"}", null, "operator"));
        assertThat(listener.get("/api/v1/receipts/seven").statusCode()).isEqualTo(400);
        assertThat(listener.get("/api/v1/receipts/seven").body()).contains("receipt: seven (expected: a whole number)");
    }

    @Test
    void pastAndKeysAreForwardedAsTheyAreAskedFor() {
        listener.get("/api/v1/models/mail/history?at=2026-01-31T12:00:00Z");
        listener.get("/api/v1/models/mail/assignment?key=ann%20%C3%A9&at=2026-01-31T12:00:00Z");
        listener.get("/api/v1/events?until=2026-01-31T12:00:00Z");
        assertThat(listener.operations.stream().map(Operation::body).toList())
                .containsExactly(
                        "{\"at\":\"2026-01-31T12:00:00Z\"}",
                        "{\"key\":\"ann é\",\"at\":\"2026-01-31T12:00:00Z\"}",
                        "{\"until\":\"2026-01-31T12:00:00Z\"}");
    }

    @Test
    void numbersOfAQueryAreForwardedAsNumbers() {
        listener.get("/api/v1/events?after=17&limit=5&since=2026-01-31T12:00:00Z&model=12&type=PROMOTED");
        assertThat(new JsonObject(listener.operations.get(0).body()))
                .isEqualTo(new JsonObject()
                        .put("after", 17)
                        .put("limit", 5)
                        .put("since", "2026-01-31T12:00:00Z")
                        .put("model", "12")
                        .put("type", "PROMOTED"));
    }

    @Test
    void anAnswerComesAsTheRegistryGaveIt() {
        listener.registry = operation -> new Answer(202, "{\"id\":7, \"é\":null}");
        HttpResponse<String> answer = listener.post("/api/v1/models/mail/retrain", "{}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"id\":7, \"é\":null}");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void exactlyTheDocumentedPathsAreRouted(Vertx vertx) {
        Endpoints endpoints = new Endpoints(Router.router(vertx));
        LocalNode idle = AdminListener.idle();
        HealthApi health = new HealthApi(idle, new ClusterHealth(vertx, new StoreBinding(), "here", null));
        new AdminApi(vertx, new StoreBinding(), health).mount(endpoints);
        health.mount(endpoints);
        new LocalApi(vertx, idle).mount(endpoints);
        Map<String, Set<String>> routed = endpoints.opened().entrySet().stream()
                .collect(toMap(path -> path.getKey().replaceAll(":\\w+", "{}"), Map.Entry::getValue));
        assertThat(routed).isEqualTo(documented());
    }

    @Test
    void everyDocumentedPathIsServedAndNamesItsMethods() {
        documented().forEach((path, methods) -> {
            String actual = path.replace("{}", "1");
            assertThat(listener.send("PATCH", actual, "").headers().allValues("allow"))
                    .as(path)
                    .containsExactly(String.join(", ", methods.stream().sorted().toList()));
            methods.stream().filter(method -> !LOCAL.contains(path)).forEach(method -> assertThat(
                            listener.send(method, actual, "{}", "Content-Type", "application/json")
                                    .statusCode())
                    .as("%s %s", method, path)
                    .isEqualTo(200));
        });
        assertThat(listener.operations.stream().map(Operation::kind).collect(toSet()))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Kind.PREDICTION, Kind.OVERRIDE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/openapi.json"})
    void whatIsNoOperationIsServedToo(String path) {
        assertThat(listener.get(path).statusCode()).isEqualTo(200);
        assertThat(listener.operations).isEmpty();
    }

    @Test
    void theContractIsServedAsItIsPacked(Vertx vertx) {
        HttpResponse<String> answer = listener.get("/openapi.json");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        Buffer packed = vertx.fileSystem().readFileBlocking("openapi.json");
        assertThat(answer.body()).isEqualTo(packed.toString());
    }

    @Test
    void metricsAreServedAsPrometheusReadsThem() {
        listener.meters.counter("abgate.things", "kind", "good").increment(3);
        HttpResponse<String> answer = listener.get("/metrics");
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("# TYPE abgate_things_total counter\n");
        assertThat(answer.body()).contains("abgate_things_total{kind=\"good\"} 3.0\n");
    }

    @Test
    void everyWriteIsDocumentedWithItsKeyAndWhatItMayMeet() {
        JsonObject paths = new JsonObject(listener.get("/openapi.json").body()).getJsonObject("paths");
        paths.fieldNames().forEach(path -> paths.getJsonObject(path).forEach(method -> {
            JsonObject operation = (JsonObject) method.getValue();
            // an override is the gateway's own, and saying it twice is saying it once; the others only look
            boolean isKept = !method.getKey().equals("get")
                    && !path.equals("/api/v1/verify")
                    && !path.endsWith("/replay")
                    && !path.endsWith("/suites")
                    && !path.endsWith("/check")
                    && !path.endsWith("/override");
            assertThat(operation
                            .getJsonArray("parameters")
                            .contains(new JsonObject().put("$ref", "#/components/parameters/idempotencyKey")))
                    .as(path)
                    .isEqualTo(isKept);
            assertThat(operation.getJsonObject("responses").fieldNames().containsAll(Set.of("409", "422")))
                    .as(path)
                    .isEqualTo(isKept);
        }));
    }

    /** Paths of the contract, their parameters without names, and the methods of each. */
    private Map<String, Set<String>> documented() {
        JsonObject paths = new JsonObject(listener.get("/openapi.json").body()).getJsonObject("paths");
        return paths.fieldNames().stream()
                .collect(toMap(
                        path -> path.replaceAll("\\{\\w+}", "{}"),
                        path -> paths.getJsonObject(path).fieldNames().stream()
                                .map(method -> method.toUpperCase(Locale.ROOT))
                                .collect(toSet())));
    }
}
