package io.abgate.gateway.admin;

import static io.abgate.gateway.admin.PromisedNode.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    @TempDir
    private static Path home;

    private static PromisedNode node;

    @BeforeAll
    static void start() throws InterruptedException {
        node = new PromisedNode(home);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    @Order(1)
    void aModelAnswersAsPromisedWhileItsFirstVersionIsTrained() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.get("model", MODEL).getBoolean("settled"));
    }

    @Test
    @Order(2)
    void whatIsReadIsAsPromised() {
        assertThat(node.get("models", "/api/v1/models").getJsonArray("models")).hasSize(1);
        assertThat(node.get("versions", MODEL + "/versions").getJsonArray("versions"))
                .isNotEmpty();
        assertThat(node.get("version", MODEL + "/versions/1").getString("stage"))
                .isEqualTo("CHAMPION");
        assertThat(node.get("artifact", MODEL + "/versions/1/artifact").getString("format"))
                .isEqualTo("abgate/dense-v1");
        JsonObject job = node.get("job", "/api/v1/jobs/1");
        assertThat(job.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(job.getJsonArray("losses")).hasSizeBetween(99, 200);
        assertThat(job.getInteger("outOfVocabulary")).isEqualTo(5);
        JsonObject buffer = node.get("buffer", MODEL + "/buffer");
        assertThat(buffer.getInteger("size")).isEqualTo(36);
        assertThat(buffer.getInteger("usable")).isEqualTo(36);
        assertThat(buffer.getJsonObject("origins").getJsonObject("seed").getInteger("rows"))
                .isEqualTo(36);
        assertThat(node.get("events", "/api/v1/events?after=0&limit=1000").getJsonArray("events"))
                .isNotEmpty();
    }

    @Test
    @Order(2)
    void theFirstVersionPassesItsSuitesAndAnEventSaysThatItWasAsked() {
        JsonObject report = node.write("suites", "POST", MODEL + "/suites", new JsonObject(), 200);
        assertThat(report.getString("verdict")).as(report.encodePrettily()).isEqualTo("passed");
        assertThat(report.getInteger("version")).isEqualTo(1);
        assertThat(report.getJsonArray("cases")).hasSize(15);
        assertThat(report.getInteger("passed")).isEqualTo(15);
        assertThat(report.getDouble("successRate")).isEqualTo(1);
        JsonObject some =
                new JsonObject().put("version", 1).put("suite", "basic").put("category", "edge_cases");
        assertThat(node.write("suites", "POST", MODEL + "/suites", some, 200).getJsonArray("cases"))
                .hasSize(3);
        JsonArray events =
                node.get("events", "/api/v1/events?type=SUITES_RUN&limit=1000").getJsonArray("events");
        assertThat(events).hasSize(2);
        assertThat(events.getJsonObject(0).getString("summary"))
                .isEqualTo("Version 1 was run through its suites: 15 of 15 cases passed.");
    }

    @Test
    @Order(2)
    void theChampionIsMeasuredBesideItsBaselineAndAnEventSaysSo() {
        JsonObject report = node.write("check", "POST", MODEL + "/check", new JsonObject(), 200);
        assertThat(report.getJsonObject("measured").getInteger("attempts")).isEqualTo(10);
        assertThat(report.getJsonObject("baseline").getInteger("right"))
                .isEqualTo(report.getJsonObject("measured").getInteger("right"));
        assertThat(report.getJsonArray("alerts")).isEmpty();
        assertThat(node.get("events", "/api/v1/events?type=CHECKED&limit=1000").getJsonArray("events"))
                .hasSize(1);
        node.write("check", "POST", "/api/v1/models/nobody/check", new JsonObject(), 404);
        node.write("check", "POST", MODEL + "/check", new JsonObject().put("version", 1), 400);
    }

    @Test
    @Order(2)
    void healthIsOfUsersRequestsAloneAndAsPromised() {
        assertThat(node.get("health", MODEL + "/health").getString("status")).isEqualTo("no data");
        node.awaitPrediction();
        JsonObject health = node.get("health", MODEL + "/health");
        assertThat(health.getString("status")).isEqualTo("healthy");
        assertThat(health.getBoolean("complete")).isTrue();
        assertThat(health.getJsonArray("versions").getJsonObject(0).getInteger("attempts"))
                .isEqualTo(1);
        JsonObject version = node.get("model", MODEL).getJsonArray("versions").getJsonObject(0);
        assertThat(version.getJsonObject("health").getInteger("attempts")).isEqualTo(1);
        node.read("health", "/api/v1/models/nobody/health", 404);
    }

    @Test
    @Order(3)
    void whatIsRegisteredIsAsPromised() {
        JsonObject other = node.get("artifact", MODEL + "/versions/1/artifact");
        JsonArray bias = other.getJsonArray("layers").getJsonObject(0).getJsonArray("bias");
        bias.set(0, bias.getDouble(0) + 0.001);
        String path = MODEL + "/versions?tags=a,b&note=changed";
        int version = node.write("register", "POST", path, other, 201).getInteger("version");
        assertThat(node.write("register", "POST", path, other, 200).getInteger("version"))
                .isEqualTo(version);
        assertThat(node.get("version", MODEL + "/versions/" + version).getJsonArray("tags"))
                .containsExactly("a", "b");
        assertThat(node.get("version", MODEL + "/versions/" + version).getString("stage"))
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
        int job = node.write("retrain", "POST", MODEL + "/retrain", order, 202).getInteger("id");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            node.get("model", MODEL);
            return isOver(node.get("job", "/api/v1/jobs/" + job));
        });
        JsonObject wild = order.copy().put("learningRate", 1e300).put("epochs", 50);
        int failing =
                node.write("retrain", "POST", MODEL + "/retrain", wild, 202).getInteger("id");
        await().atMost(Duration.ofSeconds(60)).until(() -> isOver(node.get("job", "/api/v1/jobs/" + failing)));
        node.get("versions", MODEL + "/versions");
        node.get("events", "/api/v1/events");
    }

    @Test
    @Order(5)
    void whatIsOrderedIsAsPromised() {
        node.write("promote", "POST", MODEL + "/promote", target(2, "shadow"), 200);
        node.write("abort", "POST", MODEL + "/abort", new JsonObject(), 200);
        node.write("promote", "POST", MODEL + "/promote", target(2, "canary").put("share", 0.2), 200);
        node.write("routing", "PUT", MODEL + "/routing", new JsonObject().put("mode", "adaptive"), 200);
        node.write("abort", "POST", MODEL + "/abort", new JsonObject().put("reason", "seen enough"), 200);
        node.write("promote", "POST", MODEL + "/promote", target(2, "champion").put("force", true), 200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.get("model", MODEL).getBoolean("settled"));
        node.write("rollback", "POST", MODEL + "/rollback", new JsonObject().put("reason", "worse"), 200);
        JsonObject released = node.write("release", "POST", MODEL + "/versions/2/release", new JsonObject(), 200);
        assertThat(released.getJsonObject("oversight").getDouble("errorRate")).isEqualTo(0.05);
        assertThat(node.get("version", MODEL + "/versions/2").getString("stage"))
                .isEqualTo("CANDIDATE");
        node.write("pause", "POST", MODEL + "/pause", new JsonObject().put("all", true), 200);
        node.write("resume", "POST", MODEL + "/resume", new JsonObject(), 200);
        node.get("models", "/api/v1/models");
        node.get("events", "/api/v1/events?limit=1000");
    }

    @Test
    @Order(6)
    void thePastIsAsPromised() {
        JsonObject now = node.get("history", MODEL + "/history");
        assertThat(now.getInteger("champion")).isNotNull();
        assertThat(now.getJsonObject("lastChange")).isNotNull();
        JsonObject before = node.get("history", MODEL + "/history?at=2026-01-31T12:00:00Z");
        assertThat(before.getJsonArray("versions")).isEmpty();
        JsonObject assigned = node.get("assignment", MODEL + "/assignment?key=ann");
        assertThat(assigned.getJsonArray("versions")).isNotEmpty();
        assertThat(node.get("events", "/api/v1/events?until=2026-01-31T12:00:00Z")
                        .getJsonArray("events"))
                .isEmpty();
    }

    @Test
    @Order(6)
    void aDrillIsAsPromisedAndLeavesTheChampionAsItWas() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.get("model", MODEL).getBoolean("settled"));
        int champion = node.get("model", MODEL).getInteger("champion");
        JsonObject artifact = node.get("artifact", MODEL + "/versions/" + champion + "/artifact");
        node.write("routing", "PUT", MODEL + "/routing", new JsonObject().put("mode", "split"), 200);

        JsonObject looked = node.write("drill", "POST", MODEL + "/drill", new JsonObject().put("scale", 2), 200);
        assertThat(looked.getInteger("of")).isEqualTo(champion);
        assertThat(looked.getString("stage")).isEqualTo("RETIRED");
        assertThat(looked.getJsonObject("deltas").getDouble("accuracy")).isNegative();
        assertThat(looked.getJsonArray("alerts")).isNotEmpty();

        JsonObject live = new JsonObject().put("scale", 2).put("share", 0.2).put("ttl", "5m");
        JsonObject begun = node.write("drill", "POST", MODEL + "/drill", live, 200);
        assertThat(begun.getInteger("version")).as("the same copy").isEqualTo(looked.getInteger("version"));
        assertThat(node.get("model", MODEL).getJsonObject("drill").getDouble("share"))
                .isEqualTo(0.2);
        node.write("drill", "POST", MODEL + "/drill", live, 409);
        node.write("promote", "POST", MODEL + "/promote", target(begun.getInteger("version"), "champion"), 409);
        JsonObject ended = node.write("drill", "POST", MODEL + "/drill", new JsonObject().put("end", true), 200);
        assertThat(ended.getInteger("champion")).isEqualTo(champion);
        assertThat(ended.getValue("drill")).isNull();
        assertThat(node.get("artifact", MODEL + "/versions/" + champion + "/artifact"))
                .isEqualTo(artifact);
        node.write("drill", "POST", MODEL + "/drill", new JsonObject().put("scale", 0), 400);
        node.write("drill", "POST", "/api/v1/models/nobody/drill", new JsonObject(), 404);
    }

    @Test
    @Order(6)
    void theLedgerIsIntact() {
        assertThat(node.write("verify", "POST", "/api/v1/verify", new JsonObject(), 200)
                        .getBoolean("intact"))
                .isTrue();
    }

    @Test
    @Order(6)
    void aWriteUnderAKeyIsDoneOnce() {
        JsonObject pause = new JsonObject().put("reason", "once");
        int before = paused();
        for (int i = 0; i < 2; i++) {
            node.contract.answer("pause", "POST", MODEL + "/pause", pause.encode(), 200, "Idempotency-Key", "once");
        }
        assertThat(paused()).isEqualTo(before + 1);
        JsonObject reused =
                node.contract.answer("pause", "POST", MODEL + "/pause", "{}", 422, "Idempotency-Key", "once");
        assertThat(reused.getString("type")).isEqualTo("urn:abgate:problem:idempotency-key-reused");
        node.write("resume", "POST", MODEL + "/resume", new JsonObject(), 200);
    }

    private static int paused() {
        JsonArray events = node.get("events", "/api/v1/events?limit=1000").getJsonArray("events");
        return (int) events.stream()
                .map(JsonObject.class::cast)
                .filter(event -> event.getJsonObject("body").encode().contains("once"))
                .count();
    }

    @Test
    @Order(7)
    void refusalsAreAsPromised() {
        node.read("model", "/api/v1/models/nobody", 404);
        node.read("version", MODEL + "/versions/99", 404);
        node.read("version", MODEL + "/versions/one", 400);
        node.read("job", "/api/v1/jobs/99", 404);
        node.read("buffer", "/api/v1/models/nobody/buffer", 404);
        node.write("approve", "POST", "/api/v1/jobs/99/approve", new JsonObject(), 404);
        node.write("approve", "POST", "/api/v1/jobs/1/approve", new JsonObject(), 409);
        node.write("drop", "POST", "/api/v1/jobs/1/drop", new JsonObject().put("reason", "late"), 409);
        node.write("drop", "POST", "/api/v1/jobs/1/drop", new JsonObject().put("why", "late"), 400);
        node.read("events", "/api/v1/events?limit=0", 400);
        node.read("events", "/api/v1/events?since=yesterday", 400);
        node.read("events", "/api/v1/events?unknown=1", 400);
        node.read("history", "/api/v1/models/nobody/history", 404);
        node.read("history", MODEL + "/history?at=yesterday", 400);
        node.read("assignment", "/api/v1/models/nobody/assignment?key=ann", 404);
        node.read("assignment", MODEL + "/assignment", 400);
        node.read("assignment", MODEL + "/assignment?key=ann&at=2026-01-31T12:00:00Z", 409);
        node.contract.answer("pause", "POST", MODEL + "/pause", "{}", 400, "Idempotency-Key", "a b");
        node.write("promote", "POST", MODEL + "/promote", target(3, "moon"), 400);
        node.write("promote", "POST", MODEL + "/promote", target(1, "champion").put("expectedEpoch", 1), 409);
        node.write("rollback", "POST", MODEL + "/rollback", new JsonObject().put("to", 1), 409);
        node.write("routing", "PUT", MODEL + "/routing", new JsonObject().put("floor", 0.9), 400);
        node.write("register", "POST", MODEL + "/versions", new JsonObject(), 400);
        node.write("suites", "POST", "/api/v1/models/nobody/suites", new JsonObject(), 404);
        node.write("suites", "POST", MODEL + "/suites", new JsonObject().put("version", 99), 404);
        node.write("suites", "POST", MODEL + "/suites", new JsonObject().put("version", "one"), 400);
        JsonObject unknown = node.write("suites", "POST", MODEL + "/suites", new JsonObject().put("suite", "x"), 400);
        assertThat(unknown.getString("detail")).isEqualTo("suite: x (expected: one of basic, robustness)");
        for (String body : List.of("null", "[]", "7", "{", "{} {}", "{\"reason\":7}", "{\"nonsense\":true}")) {
            node.contract.answer("pause", "POST", MODEL + "/pause", body, 400);
        }
    }

    private static JsonObject target(int version, String to) {
        return new JsonObject().put("version", version).put("to", to);
    }

    private static boolean isOver(JsonObject job) {
        return !List.of("QUEUED", "RUNNING").contains(job.getString("state"));
    }
}
