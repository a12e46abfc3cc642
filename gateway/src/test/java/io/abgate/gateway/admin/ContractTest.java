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
        assertThat(get("job", "/api/v1/jobs/1").getString("state")).isEqualTo("SUCCEEDED");
        assertThat(get("events", "/api/v1/events?after=0&limit=1000").getJsonArray("events"))
                .isNotEmpty();
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
    void refusalsAreAsPromised() {
        read("model", "/api/v1/models/nobody", 404);
        read("version", MODEL + "/versions/99", 404);
        read("version", MODEL + "/versions/one", 400);
        read("job", "/api/v1/jobs/99", 404);
        read("events", "/api/v1/events?limit=0", 400);
        read("events", "/api/v1/events?since=yesterday", 400);
        read("events", "/api/v1/events?unknown=1", 400);
        write("promote", "POST", MODEL + "/promote", target(3, "moon"), 400);
        write("promote", "POST", MODEL + "/promote", target(1, "champion").put("expectedEpoch", 1), 409);
        write("rollback", "POST", MODEL + "/rollback", new JsonObject().put("to", 1), 409);
        write("routing", "PUT", MODEL + "/routing", new JsonObject().put("floor", 0.9), 400);
        write("register", "POST", MODEL + "/versions", new JsonObject(), 400);
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
