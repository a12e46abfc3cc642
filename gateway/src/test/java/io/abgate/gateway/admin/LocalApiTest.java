package io.abgate.gateway.admin;

import static io.abgate.gateway.DataListener.routeOf;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.gateway.Tables;
import io.abgate.gateway.configuration.Role;
import io.abgate.gateway.routing.Hosting;
import io.abgate.gateway.routing.OverrideFile;
import io.abgate.gateway.routing.OverrideVerticle;
import io.abgate.gateway.routing.Overrides;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Stage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class LocalApiTest {
    private static final String OVERRIDE = "/api/v1/models/mail/override";

    @TempDir
    Path home;

    private final List<Operation> told = new CopyOnWriteArrayList<>();
    private DataListener listener;
    private int port;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.mail())
                .route(Models.table(5, version(2, Stage.CHAMPION, 1), version(3, Stage.CANARY, 0)))
                .host("mail", 2, FakeModel.ofText("sha2"))
                .host("mail", 3, FakeModel.ofText("sha3"));
        Hosting hosting = new Hosting(listener.hosted, listener.routes);
        OverrideFile file = new OverrideFile(home, Tables.KEYS);
        Overrides overrides = new Overrides(listener.routes, hosting, file, "here", InstantSource.system());
        vertx.deployVerticle(new OverrideVerticle(overrides, listener.book)).await();
        LocalNode node = new LocalNode(
                "here",
                Set.of(Role.GATEWAY),
                77,
                Tables.KEYS,
                listener.book,
                listener.hosted,
                overrides,
                Map.of(),
                null);
        AdminVerticle verticle =
                new AdminVerticle("127.0.0.1", 0, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), node);
        vertx.deployVerticle(verticle).await();
        port = verticle.actualPort();
    }

    @Test
    void anOverrideSendsAllLiveTrafficToOneVersionOutsideTheExperiment() throws Exception {
        Instant before = Instant.now();
        JsonObject begun = json("POST", OVERRIDE, "{\"version\":3,\"ttl\":\"90s\",\"reason\":\"it raves\"}", 200);
        assertThat(begun.getString("model")).isEqualTo("mail");
        assertThat(begun.getString("node")).isEqualTo("here");
        assertThat(begun.getString("reason")).isEqualTo("it raves");
        assertThat(Duration.between(before, Instant.parse(begun.getString("until"))))
                .isBetween(Duration.ofSeconds(89), Duration.ofSeconds(95));
        assertThat(json("GET", "/api/v1/node", "", 200).getJsonArray("overrides"))
                .containsExactly(begun);
        for (int i = 0; i < 20; i++) {
            JsonObject answer = listener.infer("a");
            assertThat(answer.getString("model_version")).isEqualTo("3");
            assertThat(routeOf(answer)).isEqualTo("override");
            assertThat(listener.id(answer).flags()).isEqualTo(PredictionId.FORCED);
        }

        assertThat(json("DELETE", OVERRIDE, "", 200)).isEqualTo(begun);
        assertThat(routeOf(listener.infer("a"))).isEqualTo("champion");
        assertThat(json("DELETE", OVERRIDE, "", 404).getString("detail"))
                .isEqualTo("override: none of mail (expected: one that runs here)");
    }

    @Test
    void aVersionThatFailsIsAnsweredForAsUsual() throws Exception {
        json("POST", OVERRIDE, "{\"version\":3}", 200);
        listener.host("mail", 3, FakeModel.failing("sha3"));
        JsonObject answer = listener.infer("a");
        assertThat(routeOf(answer)).isEqualTo("fallback");
        assertThat(listener.id(answer).flags()).isEqualTo(PredictionId.FORCED | PredictionId.FALLBACK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "{",
                "{}",
                "{\"version\":\"3\"}",
                "{\"version\":3.5}",
                "{\"version\":0}",
                "{\"version\":3,\"ttl\":\"0s\"}",
                "{\"version\":3,\"ttl\":\"8d\"}",
                "{\"version\":3,\"ttl\":\"-PT1H\"}",
                "{\"version\":3,\"ttl\":\"P999999999999D\"}",
                "{\"version\":3,\"ttl\":\"soon\"}",
                "{\"version\":3,\"ttl\":60}",
                "{\"version\":3,\"reason\":7}",
                "{\"version\":3,\"nonsense\":true}"
            })
    void aBadBodyIsRefusedWithWhatCameAndWhatWasExpected(String body) throws Exception {
        assertThat(json("POST", OVERRIDE, body, 400).getString("detail")).contains(" (expected: ");
        assertThat(routeOf(listener.infer("a"))).isEqualTo("champion");
    }

    @Test
    void whatCannotBeDoneIsRefused() throws Exception {
        json("POST", "/api/v1/models/nobody/override", "{\"version\":3}", 404);
        json("POST", OVERRIDE, "{\"version\":1,\"ttl\":\"PT2H\"}", 409);
    }

    @Test
    void aRegistryHearsOnceThatItBeganAndOnceThatItEnded() throws Exception {
        String id = json("POST", OVERRIDE, "{\"version\":3,\"reason\":\"it raves\"}", 200)
                .getString("id");
        listener.vertx.eventBus().<Operation>consumer(Addresses.OPERATE, this::refuseTwice);
        await().atMost(Duration.ofSeconds(20)).until(() -> keys().contains("override/" + id + "/began"));
        json("DELETE", OVERRIDE, "", 200);
        await().atMost(Duration.ofSeconds(20)).until(() -> keys().contains("override/" + id + "/ended"));
        Operation last = told.get(told.size() - 1);
        assertThat(last.kind()).isEqualTo(Kind.OVERRIDE);
        assertThat(last.model()).isEqualTo("mail");
        assertThat(last.number()).isEqualTo(3);
        assertThat(new JsonObject(last.body()).fieldNames())
                .containsExactlyInAnyOrder("id", "node", "version", "from", "until", "ended", "reason");
        assertThat(new JsonObject(told.get(0).body()).fieldNames()).doesNotContain("ended");
        await().during(Duration.ofMillis(500)).until(() -> told.size() == 4);
    }

    private List<String> keys() {
        return told.stream().map(one -> String.valueOf(one.idempotencyKey())).toList();
    }

    private void refuseTwice(Message<Operation> message) {
        told.add(message.body());
        switch (told.size()) {
            case 1 -> message.fail(Failure.UNAVAILABLE.code(), "no leader");
            case 2 -> message.fail(Failure.CONFLICT.code(), "store: mine (expected: yours)");
            default -> message.reply(new Answer(200, "{}"));
        }
    }

    @Test
    void theProcessSaysHowItStands() throws Exception {
        JsonObject node = json("GET", "/api/v1/node", "", 200);
        assertThat(node.getString("node")).isEqualTo("here");
        assertThat(node.getJsonArray("roles")).containsExactly("gateway");
        assertThat(node.getString("storeId")).isEqualTo(Tables.STORE);
        assertThat(node.getLong("incarnation")).isEqualTo(77);
        JsonObject route = node.getJsonArray("routes").getJsonObject(0);
        assertThat(route.getString("model")).isEqualTo("mail");
        assertThat(route.getLong("epoch")).isEqualTo(5);
        assertThat(route.getBoolean("stale")).isFalse();
        assertThat(route.getDouble("ageSeconds")).isBetween(0.0, 60.0);
        assertThat(node.getJsonArray("overrides")).isEmpty();
        assertThat(node.getJsonObject("keys"))
                .isEqualTo(new JsonObject("{\"newest\":1,\"signing\":1,\"verifying\":[1]}"));
    }

    @Test
    void anIdIsDecodedWithoutARegistry() throws Exception {
        JsonObject answer = listener.infer("spam");
        PredictionId id = listener.id(answer);
        JsonObject said = decoded(answer);
        assertThat(said.getString("model")).isEqualTo("mail");
        assertThat(said.getInteger("modelId")).isEqualTo(Models.MAIL_ID);
        assertThat(said.getInteger("answered")).isEqualTo(2);
        assertThat(said.getInteger("labelIndex")).isEqualTo(1);
        assertThat(said.getString("label")).isEqualTo("spam");
        assertThat(said.getDouble("confidence")).isEqualTo(0.9);
        assertThat(said.getBoolean("forced")).isFalse();
        assertThat(said.getString("time"))
                .isEqualTo(Instant.ofEpochMilli(id.timeMillis()).toString());
        assertThat(Long.parseUnsignedLong(said.getString("nonce"), 16)).isEqualTo(id.nonce());
        assertThat(Long.parseUnsignedLong(said.getString("keyHash"), 16)).isEqualTo(id.keyHash());
        assertThat(said.getValue("ledger")).isNull();
        assertThat(said.getString("ledgerReason")).isEqualTo("the registry does not answer");
    }

    @Test
    void whatTheLedgerHasIsShownToo() throws Exception {
        listener.vertx.eventBus().<Operation>consumer(Addresses.OPERATE, message -> {
            told.add(message.body());
            message.reply(new Answer(200, "{\"labels\":[]}"));
        });
        JsonObject answer = listener.infer("spam");
        JsonObject said = decoded(answer);
        assertThat(said.getJsonObject("ledger")).isEqualTo(new JsonObject("{\"labels\":[]}"));
        assertThat(said.getValue("ledgerReason")).isNull();
        assertThat(told.get(0).kind()).isEqualTo(Kind.PREDICTION);
        assertThat(new JsonObject(told.get(0).body()).getLong("nonce"))
                .isEqualTo(listener.id(answer).nonce());
    }

    @Test
    void aForgedIdIsRefused() throws Exception {
        String token = listener.infer("a").getJsonObject("parameters").getString("prediction_id");
        String forged = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);
        assertThat(json("GET", "/api/v1/predictions/" + forged, "", 404).getString("detail"))
                .startsWith("prediction_id: ");
        assertThat(json("GET", "/api/v1/predictions/nonsense", "", 400).getString("detail"))
                .startsWith("prediction_id: not 88");
    }

    @Test
    void aProcessThatRoutesNothingOverridesNothing() {
        Vertx other = Vertx.vertx();
        AdminListener idle = new AdminListener(other);
        assertThat(idle.post(OVERRIDE, "{\"version\":3}").statusCode()).isEqualTo(409);
        assertThat(idle.get("/api/v1/node").statusCode()).isEqualTo(200);
        other.close().await();
    }

    private JsonObject decoded(JsonObject answer) throws Exception {
        String token = answer.getJsonObject("parameters").getString("prediction_id");
        return json("GET", "/api/v1/predictions/" + token, "", 200);
    }

    private JsonObject json(String method, String path, String body, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
        HttpRequest sent =
                (method.equals("POST") ? request.header("Content-Type", "application/json") : request).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(sent, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }
}
