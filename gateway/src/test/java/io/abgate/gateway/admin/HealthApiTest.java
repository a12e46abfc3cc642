package io.abgate.gateway.admin;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.gateway.Tables;
import io.abgate.gateway.configuration.Role;
import io.abgate.gateway.health.HealthVerticle;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.HealthReport;
import io.abgate.registry.contract.HealthReport.OfModel;
import io.abgate.registry.contract.HealthReport.OfVersion;
import io.abgate.registry.contract.HealthRequest;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.ErrorRate;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Health.Lifetime;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Traffic;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway's data listener and, beside it, the admin listener that tells of it; no registry tells anything. */
@ExtendWith(VertxExtension.class)
class HealthApiTest {
    private static final String PATH = "/api/v1/models/mail/health";
    private static final double LIMIT = 0.05;

    private DataListener data;
    private AdminListener admin;

    @BeforeEach
    void open(Vertx vertx) {
        data = new DataListener(vertx, Models.sampledMail(1_000))
                .route(Models.table(
                        5, version(1, Stage.CHAMPION, 1), version(2, Stage.STANDBY, 0), version(3, Stage.SHADOW, 0)))
                .host("mail", 1, FakeModel.ofText("sha1"))
                .host("mail", 2, FakeModel.ofText("sha2"))
                .host("mail", 3, FakeModel.ofText("sha3"));
        LocalNode node = new LocalNode(
                DataListener.NODE,
                Set.of(Role.GATEWAY),
                77,
                Tables.KEYS,
                data.book,
                data.hosted,
                null,
                Map.of("mail", LIMIT),
                data.health);
        admin = AdminListener.beside(vertx, node);
    }

    private JsonObject health() {
        return new JsonObject(admin.get(PATH).body());
    }

    private JsonObject of(int version) {
        return health().getJsonArray("versions").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getInteger("version") == version)
                .findFirst()
                .orElseThrow();
    }

    private void predict(int times) {
        for (int i = 0; i < times; i++) {
            data.infer("spam");
        }
    }

    @Test
    void withoutTrafficNothingIsKnown() {
        JsonObject health = health();
        assertThat(health.getString("status")).isEqualTo("no data");
        assertThat(health.getJsonArray("versions")).hasSize(3);
        assertThat(of(1).getString("stage")).isEqualTo("CHAMPION");
        assertThat(of(1).getString("status")).isEqualTo("no data");
        assertThat(of(1).getValue("errorRate")).isNull();
        assertThat(of(1).getJsonObject("latency").getValue("p99")).isNull();
        assertThat(admin.get("/api/v1/models/nobody/health").statusCode()).isEqualTo(404);
    }

    @Test
    void asManyAttemptsAreReadAsRequestsWereSent() {
        predict(7);
        data.infer("spam", "fine", "fine");
        JsonObject version = of(1);
        assertThat(version.getString("status")).isEqualTo("healthy");
        assertThat(version.getInteger("attempts")).isEqualTo(8);
        assertThat(version.getInteger("errors")).isZero();
        assertThat(version.getDouble("confidence")).isCloseTo((7 * 0.9 + 0.8) / 8, within(1e-12));
        assertThat(version.getJsonObject("latency").getDouble("p50")).isPositive();
        assertThat(version.getJsonObject("lifetime").getInteger("predictions")).isEqualTo(10);
        assertThat(version.getJsonObject("pinned").getInteger("attempts")).isZero();
        assertThat(version.getJsonObject("copies").getString("status")).isEqualTo("no data");
    }

    @Test
    void pinnedRequestsAndCopiesForShadowsAreNoTrafficOfUsers() {
        predict(2);
        for (int i = 0; i < 3; i++) {
            data.post("/v2/models/mail/versions/1/infer", textBody("a"));
        }
        assertThat(of(1).getInteger("attempts")).isEqualTo(2);
        assertThat(of(1).getJsonObject("pinned").getInteger("attempts")).isEqualTo(3);
        await().until(() -> of(3).getJsonObject("copies").getInteger("attempts") == 2);
        assertThat(of(3).getString("status")).isEqualTo("no data");
    }

    @Test
    void aVersionIsDegradedFromJustTheLimitOnAndWhoAnswersInItsPlaceIsNot() {
        data.host("mail", 1, FakeModel.failing("sha1"));
        predict(1);
        assertThat(of(1).getString("status")).isEqualTo("degraded");
        assertThat(of(2).getString("status")).isEqualTo("healthy");
        data.host("mail", 1, FakeModel.ofText("sha1"));
        predict(19);
        assertThat(of(1).getDouble("errorRate")).isEqualTo(LIMIT);
        assertThat(health().getString("status")).isEqualTo("degraded");
        predict(1);
        assertThat(of(1).getString("status")).isEqualTo("healthy");
        assertThat(health().getString("status")).isEqualTo("healthy");
    }

    @Test
    void aVersionThatWasTakenBackIsShownButNoLongerJudged() {
        data.route(Models.table(6, version(1, Stage.CHAMPION, 0), version(2, Stage.CANARY, 1)))
                .host("mail", 2, FakeModel.failing("sha2"));
        predict(1);
        assertThat(health().getString("status")).isEqualTo("degraded");
        data.route(Models.table(7, version(1, Stage.CHAMPION, 1)));
        assertThat(health().getString("status")).isEqualTo("healthy");
        assertThat(of(2).getString("status")).isEqualTo("degraded");
        assertThat(of(2).getValue("stage")).isNull();
        data.route(Models.table(8, version(1, Stage.CHAMPION, 1), version(2, Stage.STANDBY, 0)));
        assertThat(health().getString("status")).isEqualTo("healthy");
        data.route(Models.table(9, version(1, Stage.CHAMPION, 0.999), version(2, Stage.CANARY, 0.001)));
        assertThat(health().getString("status")).isEqualTo("degraded");
    }

    @Test
    void whatIsRefusedForItsInputIsNoAttempt() {
        data.post("/v2/models/mail/infer", "{}");
        data.host("mail", 1, FakeModel.refusing("sha1"));
        data.post("/v2/models/mail/infer", textBody("odd"));
        assertThat(health().getInteger("rejected")).isEqualTo(2);
        assertThat(of(1).getInteger("attempts")).isZero();
        assertThat(of(1).getJsonObject("lifetime").getInteger("rejected")).isEqualTo(1);
    }

    @Test
    void everyGatewayNodeIsAskedAndASilentOneIsNamed(Vertx vertx) {
        predict(1);
        assertThat(health().getBoolean("complete")).isTrue();
        Health there = new Health(new Lifetime(new ErrorRate(3, 9), 6, 0), new ErrorRate(3, 9), 6 * 0.6, List.of(5L));
        OfModel seen = new OfModel("mail", 4, List.of(new OfVersion(1, Map.of(Traffic.USERS, there))));
        vertx.eventBus()
                .<HealthRequest>consumer(
                        Addresses.health("there"), message -> message.reply(new HealthReport("there", List.of(seen))))
                .completion()
                .await();
        for (String name : List.of("there", "mute")) {
            vertx.eventBus().publish(Addresses.NODES, new NodeReport(name, 1, List.of(), true, List.of()));
        }
        vertx.eventBus().publish(Addresses.NODES, new NodeReport("model-node", 1, List.of(), false, List.of()));
        await().until(() -> health().getJsonArray("nodes").size() == 3);
        JsonObject health = health();
        assertThat(health.getBoolean("complete")).isFalse();
        assertThat(health.getJsonArray("nodes"))
                .containsExactly(
                        new JsonObject().put("node", "here").put("answered", true),
                        new JsonObject().put("node", "mute").put("answered", false),
                        new JsonObject().put("node", "there").put("answered", true));
        assertThat(of(1).getInteger("attempts")).isEqualTo(10);
        assertThat(of(1).getInteger("errors")).isEqualTo(3);
        assertThat(health.getInteger("rejected")).isEqualTo(4);
    }

    @Test
    void aModelsReportHasItAtEachVersion() {
        predict(2);
        String model = "{\"model\":\"mail\",\"versions\":[{\"version\":1},{\"version\":9}]}";
        admin.registry =
                operation -> new Answer(200, operation.model().isEmpty() ? "{\"models\":[" + model + "]}" : model);
        JsonObject alone = new JsonObject(admin.get("/api/v1/models/mail").body());
        JsonObject first = alone.getJsonArray("versions").getJsonObject(0).getJsonObject("health");
        assertThat(first.getInteger("attempts")).isEqualTo(2);
        assertThat(first.getString("status")).isEqualTo("healthy");
        JsonObject second = alone.getJsonArray("versions").getJsonObject(1).getJsonObject("health");
        assertThat(second.getString("status")).isEqualTo("no data");
        JsonObject all = new JsonObject(admin.get("/api/v1/models").body());
        assertThat(all.getJsonArray("models").getJsonObject(0)).isEqualTo(alone);
    }

    @Test
    void metersShowItEverySecond(Vertx vertx) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        vertx.deployVerticle(new HealthVerticle(
                        DataListener.NODE, data.health, new StoreBinding(), Map.of("mail", LIMIT), meters))
                .await();
        predict(3);
        await().untilAsserted(() -> assertThat(meters.scrape())
                .contains("abgate_version_health{model=\"mail\",status=\"healthy\",version=\"1\"} 1.0")
                .contains("abgate_version_health{model=\"mail\",status=\"degraded\",version=\"1\"} 0.0")
                .contains("abgate_version_error_rate{model=\"mail\",version=\"1\"} 0.0")
                .contains("abgate_version_error_rate_limit{model=\"mail\"} 0.05"));
        data.host("mail", 1, FakeModel.failing("sha1"));
        predict(1);
        await().untilAsserted(() -> assertThat(meters.scrape())
                .contains("abgate_version_health{model=\"mail\",status=\"degraded\",version=\"1\"} 1.0")
                .contains("abgate_version_error_rate{model=\"mail\",version=\"1\"} 0.25"));
    }
}
