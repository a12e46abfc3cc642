package io.abgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.launcher.RunningNode;
import io.abgate.gateway.launcher.SmallNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Holds what a real registry, model host and worker answer against the contract that is served. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContractTest {
    private static final String MODEL = "/api/v1/models/next-word";

    @TempDir
    private static Path home;

    private static Vertx vertx;
    private static Contract contract;
    private static RunningNode node;

    @BeforeAll
    static void start() throws InterruptedException {
        vertx = Vertx.vertx();
        node = SmallNode.start(home);
        contract = new Contract(vertx, node.adminUrl());
    }

    @AfterAll
    static void stop() {
        node.close();
        vertx.close().await();
    }

    @Test
    @Order(1)
    void aModelAnswersAsPromisedWhileItsFirstVersionIsTrained() {
        await().atMost(Duration.ofSeconds(30)).until(() -> get("model", MODEL).getBoolean("settled"));
    }

    @Test
    @Order(2)
    void whatIsReadIsAsPromised() {
        assertThat(get("models", "/api/v1/models").getJsonArray("models")).hasSize(1);
        assertThat(get("versions", MODEL + "/versions").getJsonArray("versions"))
                .isNotEmpty();
        assertThat(get("version", MODEL + "/versions/1").getString("stage")).isEqualTo("CHAMPION");
        assertThat(get("artifact", MODEL + "/versions/1/artifact").getString("format"))
                .isEqualTo("abgate/dense-v1");
        JsonObject job = get("job", "/api/v1/jobs/1");
        assertThat(job.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(job.getJsonArray("losses")).hasSizeBetween(99, 200);
        assertThat(job.getInteger("outOfVocabulary")).isEqualTo(5);
        JsonObject buffer = get("buffer", MODEL + "/buffer");
        assertThat(buffer.getInteger("size")).isEqualTo(36);
        assertThat(buffer.getInteger("usable")).isEqualTo(36);
        assertThat(buffer.getJsonObject("origins").getJsonObject("seed").getInteger("rows"))
                .isEqualTo(36);
        assertThat(get("events", "/api/v1/events?after=0&limit=1000").getJsonArray("events"))
                .isNotEmpty();
    }

    @Test
    @Order(2)
    void theFirstVersionPassesItsSuitesAndAnEventSaysThatItWasAsked() {
        JsonObject report = write("suites", "POST", MODEL + "/suites", new JsonObject(), 200);
        assertThat(report.getString("verdict")).as(report.encodePrettily()).isEqualTo("passed");
        assertThat(report.getInteger("version")).isEqualTo(1);
        assertThat(report.getJsonArray("cases")).hasSize(15);
        assertThat(report.getInteger("passed")).isEqualTo(15);
        assertThat(report.getDouble("successRate")).isEqualTo(1);
        JsonObject some =
                new JsonObject().put("version", 1).put("suite", "basic").put("category", "edge_cases");
        assertThat(write("suites", "POST", MODEL + "/suites", some, 200).getJsonArray("cases"))
                .hasSize(3);
        JsonArray events =
                get("events", "/api/v1/events?type=SUITES_RUN&limit=1000").getJsonArray("events");
        assertThat(events).hasSize(2);
        assertThat(events.getJsonObject(0).getString("summary"))
                .isEqualTo("Version 1 was run through its suites: 15 of 15 cases passed.");
    }

    @Test
    @Order(2)
    void theChampionIsMeasuredBesideItsBaselineAndAnEventSaysSo() {
        JsonObject report = write("check", "POST", MODEL + "/check", new JsonObject(), 200);
        assertThat(report.getJsonObject("measured").getInteger("attempts")).isEqualTo(10);
        assertThat(report.getJsonObject("baseline").getInteger("right"))
                .isEqualTo(report.getJsonObject("measured").getInteger("right"));
        assertThat(report.getJsonArray("alerts")).isEmpty();
        assertThat(get("events", "/api/v1/events?type=CHECKED&limit=1000").getJsonArray("events"))
                .hasSize(1);
        write("check", "POST", "/api/v1/models/nobody/check", new JsonObject(), 404);
        write("check", "POST", MODEL + "/check", new JsonObject().put("version", 1), 400);
    }

    @Test
    @Order(2)
    void healthIsOfUsersRequestsAloneAndAsPromised() {
        assertThat(get("health", MODEL + "/health").getString("status")).isEqualTo("no data");
        SmallNode.awaitPrediction(node);
        JsonObject health = get("health", MODEL + "/health");
        assertThat(health.getString("status")).isEqualTo("healthy");
        assertThat(health.getBoolean("complete")).isTrue();
        assertThat(health.getJsonArray("versions").getJsonObject(0).getInteger("attempts"))
                .isEqualTo(1);
        JsonObject version = get("model", MODEL).getJsonArray("versions").getJsonObject(0);
        assertThat(version.getJsonObject("health").getInteger("attempts")).isEqualTo(1);
        read("health", "/api/v1/models/nobody/health", 404);
    }

    @Test
    @Order(3)
    void whatIsRegisteredIsAsPromised() {
        JsonObject other = get("artifact", MODEL + "/versions/1/artifact");
        JsonArray bias = other.getJsonArray("layers").getJsonObject(0).getJsonArray("bias");
        bias.set(0, bias.getDouble(0) + 0.001);
        String path = MODEL + "/versions?tags=a,b&note=changed";
        int version = write("register", "POST", path, other, 201).getInteger("version");
        assertThat(write("register", "POST", path, other, 200).getInteger("version"))
                .isEqualTo(version);
        assertThat(get("version", MODEL + "/versions/" + version).getJsonArray("tags"))
                .containsExactly("a", "b");
        assertThat(get("version", MODEL + "/versions/" + version).getString("stage"))
                .isEqualTo("CANDIDATE");
    }

    @Test
    @Order(4)
    void jobsAreAsPromisedFromTheirOrderToTheirEnd() {
        JsonObject sample = new JsonObject().put("input", List.of("the", "cat")).put("truth", "sat");
        JsonObject order = new JsonObject()
                .put("samples", List.of(sample))
                .put("epochs", 20_000)
                .put("learningRate", 0.01)
                .put("rollout", false);
        int job = write("retrain", "POST", MODEL + "/retrain", order, 202).getInteger("id");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            get("model", MODEL);
            return isOver(get("job", "/api/v1/jobs/" + job));
        });
        JsonObject wild = order.copy().put("learningRate", 1e300).put("epochs", 50);
        int failing = write("retrain", "POST", MODEL + "/retrain", wild, 202).getInteger("id");
        await().atMost(Duration.ofSeconds(60)).until(() -> isOver(get("job", "/api/v1/jobs/" + failing)));
        get("versions", MODEL + "/versions");
        get("events", "/api/v1/events");
    }

    @Test
    @Order(5)
    void whatIsOrderedIsAsPromised() {
        write("promote", "POST", MODEL + "/promote", target(2, "shadow"), 200);
        write("abort", "POST", MODEL + "/abort", new JsonObject(), 200);
        write("promote", "POST", MODEL + "/promote", target(2, "canary").put("share", 0.2), 200);
        write("routing", "PUT", MODEL + "/routing", new JsonObject().put("mode", "adaptive"), 200);
        write("abort", "POST", MODEL + "/abort", new JsonObject().put("reason", "seen enough"), 200);
        write("promote", "POST", MODEL + "/promote", target(2, "champion").put("force", true), 200);
        await().atMost(Duration.ofSeconds(30)).until(() -> get("model", MODEL).getBoolean("settled"));
        write("rollback", "POST", MODEL + "/rollback", new JsonObject().put("reason", "worse"), 200);
        write("pause", "POST", MODEL + "/pause", new JsonObject().put("all", true), 200);
        write("resume", "POST", MODEL + "/resume", new JsonObject(), 200);
        get("models", "/api/v1/models");
        get("events", "/api/v1/events?limit=1000");
    }

    @Test
    @Order(6)
    void thePastIsAsPromised() {
        JsonObject now = get("history", MODEL + "/history");
        assertThat(now.getInteger("champion")).isNotNull();
        assertThat(now.getJsonObject("lastChange")).isNotNull();
        JsonObject before = get("history", MODEL + "/history?at=2026-01-31T12:00:00Z");
        assertThat(before.getJsonArray("versions")).isEmpty();
        JsonObject assigned = get("assignment", MODEL + "/assignment?key=ann");
        assertThat(assigned.getJsonArray("versions")).isNotEmpty();
        assertThat(get("events", "/api/v1/events?until=2026-01-31T12:00:00Z").getJsonArray("events"))
                .isEmpty();
    }

    @Test
    @Order(6)
    void aDrillIsAsPromisedAndLeavesTheChampionAsItWas() {
        await().atMost(Duration.ofSeconds(30)).until(() -> get("model", MODEL).getBoolean("settled"));
        int champion = get("model", MODEL).getInteger("champion");
        JsonObject artifact = get("artifact", MODEL + "/versions/" + champion + "/artifact");
        write("routing", "PUT", MODEL + "/routing", new JsonObject().put("mode", "split"), 200);

        JsonObject looked = write("drill", "POST", MODEL + "/drill", new JsonObject().put("scale", 2), 200);
        assertThat(looked.getInteger("of")).isEqualTo(champion);
        assertThat(looked.getString("stage")).isEqualTo("RETIRED");
        assertThat(looked.getJsonObject("deltas").getDouble("accuracy")).isNegative();
        assertThat(looked.getJsonArray("alerts")).isNotEmpty();

        JsonObject live = new JsonObject().put("scale", 2).put("share", 0.2).put("ttl", "5m");
        JsonObject begun = write("drill", "POST", MODEL + "/drill", live, 200);
        assertThat(begun.getInteger("version")).as("the same copy").isEqualTo(looked.getInteger("version"));
        assertThat(get("model", MODEL).getJsonObject("drill").getDouble("share"))
                .isEqualTo(0.2);
        write("drill", "POST", MODEL + "/drill", live, 409);
        write("promote", "POST", MODEL + "/promote", target(begun.getInteger("version"), "champion"), 409);
        JsonObject ended = write("drill", "POST", MODEL + "/drill", new JsonObject().put("end", true), 200);
        assertThat(ended.getInteger("champion")).isEqualTo(champion);
        assertThat(ended.getValue("drill")).isNull();
        assertThat(get("artifact", MODEL + "/versions/" + champion + "/artifact"))
                .isEqualTo(artifact);
        write("drill", "POST", MODEL + "/drill", new JsonObject().put("scale", 0), 400);
        write("drill", "POST", "/api/v1/models/nobody/drill", new JsonObject(), 404);
    }

    @Test
    @Order(6)
    void theLedgerIsIntact() {
        assertThat(write("verify", "POST", "/api/v1/verify", new JsonObject(), 200)
                        .getBoolean("intact"))
                .isTrue();
    }

    @Test
    @Order(6)
    void aWriteUnderAKeyIsDoneOnce() {
        JsonObject pause = new JsonObject().put("reason", "once");
        int before = paused();
        for (int i = 0; i < 2; i++) {
            contract.answer("pause", "POST", MODEL + "/pause", pause.encode(), 200, "Idempotency-Key", "once");
        }
        assertThat(paused()).isEqualTo(before + 1);
        JsonObject reused = contract.answer("pause", "POST", MODEL + "/pause", "{}", 422, "Idempotency-Key", "once");
        assertThat(reused.getString("type")).isEqualTo("urn:abgate:problem:idempotency-key-reused");
        write("resume", "POST", MODEL + "/resume", new JsonObject(), 200);
    }

    private static int paused() {
        JsonArray events = get("events", "/api/v1/events?limit=1000").getJsonArray("events");
        return (int) events.stream()
                .map(JsonObject.class::cast)
                .filter(event -> event.getJsonObject("body").encode().contains("once"))
                .count();
    }

    @Test
    @Order(7)
    void refusalsAreAsPromised() {
        read("model", "/api/v1/models/nobody", 404);
        read("version", MODEL + "/versions/99", 404);
        read("version", MODEL + "/versions/one", 400);
        read("job", "/api/v1/jobs/99", 404);
        read("buffer", "/api/v1/models/nobody/buffer", 404);
        write("approve", "POST", "/api/v1/jobs/99/approve", new JsonObject(), 404);
        write("approve", "POST", "/api/v1/jobs/1/approve", new JsonObject(), 409);
        write("drop", "POST", "/api/v1/jobs/1/drop", new JsonObject().put("reason", "late"), 409);
        write("drop", "POST", "/api/v1/jobs/1/drop", new JsonObject().put("why", "late"), 400);
        read("events", "/api/v1/events?limit=0", 400);
        read("events", "/api/v1/events?since=yesterday", 400);
        read("events", "/api/v1/events?unknown=1", 400);
        read("history", "/api/v1/models/nobody/history", 404);
        read("history", MODEL + "/history?at=yesterday", 400);
        read("assignment", "/api/v1/models/nobody/assignment?key=ann", 404);
        read("assignment", MODEL + "/assignment", 400);
        read("assignment", MODEL + "/assignment?key=ann&at=2026-01-31T12:00:00Z", 409);
        contract.answer("pause", "POST", MODEL + "/pause", "{}", 400, "Idempotency-Key", "a b");
        write("promote", "POST", MODEL + "/promote", target(3, "moon"), 400);
        write("promote", "POST", MODEL + "/promote", target(1, "champion").put("expectedEpoch", 1), 409);
        write("rollback", "POST", MODEL + "/rollback", new JsonObject().put("to", 1), 409);
        write("routing", "PUT", MODEL + "/routing", new JsonObject().put("floor", 0.9), 400);
        write("register", "POST", MODEL + "/versions", new JsonObject(), 400);
        write("suites", "POST", "/api/v1/models/nobody/suites", new JsonObject(), 404);
        write("suites", "POST", MODEL + "/suites", new JsonObject().put("version", 99), 404);
        write("suites", "POST", MODEL + "/suites", new JsonObject().put("version", "one"), 400);
        JsonObject unknown = write("suites", "POST", MODEL + "/suites", new JsonObject().put("suite", "x"), 400);
        assertThat(unknown.getString("detail")).isEqualTo("suite: x (expected: one of basic, robustness)");
        for (String body : List.of("null", "[]", "7", "{", "{} {}", "{\"reason\":7}", "{\"nonsense\":true}")) {
            contract.answer("pause", "POST", MODEL + "/pause", body, 400);
        }
    }

    @Test
    void theValidatorSeesAnAnswerThatIsNotAsPromised() {
        assertThat(contract.allows("models", 200, "{\"models\":[]}")).isTrue();
        assertThat(contract.allows("models", 200, "{\"models\":[{\"model\":7}]}"))
                .isFalse();
        assertThat(contract.allows("models", 200, "{}")).isFalse();
    }

    @Test
    void whatIsToldOfThePastIsAsPromised() {
        assertAllowed("history", """
                {"model":"mail","at":"2026-01-31T12:00:00Z","seq":7,"epoch":5,"since":"2026-01-30T12:00:00Z",
                 "mode":"split","paused":false,"champion":2,"standby":1,"canary":null,"shadow":null,
                 "versions":[{"version":2,"stage":"CHAMPION","share":0.95,"sha256":"ab"}],
                 "lastChange":{"seq":5,"at":"2026-01-30T12:00:00Z","actor":"operator","type":"STAGE_CHANGED",
                               "model":"mail","summary":"version 2 is champion","body":{}}}""", "versions");
        assertAllowed("history", """
                {"model":"mail","at":null,"seq":1,"epoch":null,"since":null,
                 "mode":"split","paused":false,"champion":null,"standby":null,"canary":null,"shadow":null,
                 "versions":[],"lastChange":null}""", "epoch");
        assertAllowed("assignment", """
                {"model":"mail","key":"ann","keyHash":"00ff","salt":"s3","epoch":5,"version":2,"stage":"CHAMPION",
                 "route":"champion","share":0.95,"versions":[{"version":2,"share":0.95,"score":0.31}]}""", "version");
    }

    @Test
    void whatAWalkAlongTheChainFindsIsAsPromised() {
        assertAllowed(
                "verify",
                "{\"intact\":true,\"events\":7,\"labels\":9,\"head\":\"ab\",\"seq\":null,\"reason\":null}",
                "intact");
        assertAllowed("verify", "{\"intact\":true,\"events\":7,\"labels\":9,\"head\":\"ab\"}", "head");
        assertAllowed(
                "verify",
                "{\"intact\":false,\"events\":7,\"labels\":9,\"head\":\"ab\",\"seq\":8,\"reason\":\"hash\"}",
                "events");
    }

    @Test
    void aWithdrawalTellsTheModelAndHowManyLabels() {
        JsonObject model = get("model", MODEL);
        assertAllowed("void", model.copy().put("withdrawn", 12).encode(), "withdrawn", "labels");
        JsonObject override = new JsonObject()
                .put("id", "a1")
                .put("node", "node-1")
                .put("version", 1)
                .put("from", "2026-01-30T12:00:00Z")
                .put("until", "2026-01-30T13:00:00Z")
                .put("reason", "it burns");
        model.put("storeId", "ab").put("overrides", List.of(override));
        model.getJsonObject("labels").put("withdrawn", 12);
        assertAllowed("model", model.encode(), "model");
    }

    @Test
    void anAlertIsAsPromised() {
        JsonObject model = get("model", MODEL);
        JsonObject alert = new JsonObject()
                .put("kind", "TRAINING_FAILED")
                .put("version", null)
                .put("since", "2026-01-30T12:00:00Z")
                .put("value", null)
                .put("limit", null)
                .put("says", "training 7 ended FAILED")
                .put("told", false);
        model.getJsonObject("monitor").put("alerts", List.of(alert));
        assertThat(contract.allows("model", 200, model.encode())).isTrue();
        for (String field : alert.fieldNames()) {
            JsonObject without = alert.copy();
            without.remove(field);
            model.getJsonObject("monitor").put("alerts", List.of(without));
            assertThat(contract.allows("model", 200, model.encode()))
                    .as("without " + field)
                    .isFalse();
        }
        model.getJsonObject("monitor").put("alerts", List.of(alert.copy().put("kind", "MOOD")));
        assertThat(contract.allows("model", 200, model.encode())).isFalse();
    }

    private static void assertAllowed(String operation, String body, String... needed) {
        assertThat(contract.allows(operation, 200, body)).as(body).isTrue();
        for (String field : needed) {
            JsonObject without = new JsonObject(body);
            without.remove(field);
            assertThat(contract.allows(operation, 200, without.encode()))
                    .as("without " + field)
                    .isFalse();
        }
    }

    private static JsonObject target(int version, String to) {
        return new JsonObject().put("version", version).put("to", to);
    }

    private static boolean isOver(JsonObject job) {
        return !List.of("QUEUED", "RUNNING").contains(job.getString("state"));
    }

    private static JsonObject get(String operation, String path) {
        return read(operation, path, 200);
    }

    private static JsonObject read(String operation, String path, int status) {
        return contract.answer(operation, "GET", path, "", status);
    }

    private static JsonObject write(String operation, String method, String path, JsonObject body, int status) {
        return contract.answer(operation, method, path, body.encode(), status);
    }
}
