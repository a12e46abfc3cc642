package io.abgate.gateway.admin;

import static io.abgate.gateway.admin.PromisedNode.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary that users' labels take back has a receipt, which is as the contract promises. */
class ReceiptContractTest {
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
    void aReceiptIsAsPromisedAndAgreesWithItsReplay() throws IOException, InterruptedException {
        takeBackACanary();
        long id = node.get("model", MODEL).getLong("receipt");
        String path = "/api/v1/receipts/" + id;
        JsonObject receipt = node.get("receipt", path);
        assertThat(receipt.getString("verdict")).isEqualTo("ROLL_BACK");
        assertThat(receipt.getJsonObject("act").getString("type")).isEqualTo("ROLLED_BACK");
        assertThat(receipt.getJsonObject("policy").getJsonObject("rollout").getDouble("alpha"))
                .isEqualTo(.05);
        for (JsonObject body : List.of(new JsonObject(), new JsonObject().put("from", "beginning"))) {
            JsonObject replay = node.write("replay", "POST", path + "/replay", body, 200);
            assertThat(replay.getBoolean("agrees")).as(replay.encode()).isTrue();
        }
        assertThat(node.get("events", "/api/v1/events?type=RECEIPT").getJsonArray("events"))
                .hasSize(1);
        assertThat(node.get("history", MODEL + "/history").getLong("receipt")).isEqualTo(id);
        node.read("receipt", "/api/v1/receipts/1", 404);
        node.read("receipt", "/api/v1/receipts/one", 400);
        node.read("receipt", path + "?x=1", 400);
        node.write("replay", "POST", "/api/v1/receipts/1/replay", new JsonObject(), 404);
        node.write("replay", "POST", path + "/replay", new JsonObject().put("from", "moon"), 400);
        receipt.remove("bits");
        assertThat(node.contract.allows("receipt", 200, receipt.encode())).isFalse();
    }

    private static void takeBackACanary() throws IOException, InterruptedException {
        node.awaitPrediction();
        JsonObject artifact = node.get("artifact", MODEL + "/versions/1/artifact");
        JsonArray bias = artifact.getJsonArray("layers").getJsonObject(0).getJsonArray("bias");
        bias.set(0, bias.getDouble(0) + 0.001);
        node.write("register", "POST", MODEL + "/versions", artifact, 201);
        JsonObject canary =
                new JsonObject().put("version", 2).put("to", "canary").put("share", 0.5);
        node.write("promote", "POST", MODEL + "/promote", canary, 200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.get("model", MODEL).getBoolean("settled"));
        for (int user = 0; user < 400 && isCanary(); user++) {
            node.reward("user " + user, 2);
        }
        assertThat(isCanary()).isFalse();
    }

    private static boolean isCanary() {
        return node.get("version", MODEL + "/versions/2").getString("stage").equals("CANARY");
    }
}
