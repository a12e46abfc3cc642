package io.abgate.gateway.admin;

import static io.abgate.gateway.admin.PromisedNode.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract allows an answer to be, and that it allows no less. */
class ContractShapesTest {
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
    void theValidatorSeesAnAnswerThatIsNotAsPromised() {
        assertThat(node.contract.allows("models", 200, "{\"models\":[]}")).isTrue();
        assertThat(node.contract.allows("models", 200, "{\"models\":[{\"model\":7}]}"))
                .isFalse();
        assertThat(node.contract.allows("models", 200, "{}")).isFalse();
    }

    @Test
    void whatIsToldOfThePastIsAsPromised() {
        assertAllowed("history", """
                {"model":"mail","at":"2026-01-31T12:00:00Z","seq":7,"epoch":5,"since":"2026-01-30T12:00:00Z",
                 "mode":"split","paused":false,"receipt":4,"champion":2,"standby":1,"canary":null,"shadow":null,
                 "versions":[{"version":2,"stage":"CHAMPION","share":0.95,"sha256":"ab"}],
                 "lastChange":{"seq":5,"at":"2026-01-30T12:00:00Z","actor":"operator","type":"STAGE_CHANGED",
                               "model":"mail","summary":"version 2 is champion","body":{}}}""", "versions");
        assertAllowed("history", """
                {"model":"mail","at":null,"seq":1,"epoch":null,"since":null,
                 "mode":"split","paused":false,"receipt":null,"champion":null,"standby":null,"canary":null,"shadow":null,
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
        JsonObject model = node.get("model", MODEL);
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
        assertAllowed("model", model.encode(), "model", "drill");
        model.getJsonObject("labels").remove("drill");
        assertThat(node.contract.allows("model", 200, model.encode())).isFalse();
    }

    @Test
    void aJobTellsNoMoreLossesThanItKeeps() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.get("model", MODEL).getBoolean("settled"));
        JsonObject job = node.get("job", "/api/v1/jobs/1");
        JsonObject loss = job.getJsonArray("losses").getJsonObject(0);
        job.put("losses", Collections.nCopies(200, loss));
        assertThat(node.contract.allows("job", 200, job.encode())).isTrue();
        job.put("losses", Collections.nCopies(201, loss));
        assertThat(node.contract.allows("job", 200, job.encode())).isFalse();
    }

    @Test
    void anEnsembleIsAsPromised() {
        JsonObject ensemble = new JsonObject().put("mode", "ensemble");
        JsonObject voting = node.write("routing", "PUT", MODEL + "/routing", ensemble, 200);
        assertThat(voting.getJsonObject("ensemble").getInteger("labels")).isZero();
        node.write("routing", "PUT", MODEL + "/routing", new JsonObject().put("mode", "split"), 200);
        assertThat(node.get("model", MODEL).getValue("ensemble")).isNull();
        JsonObject member = new JsonObject()
                .put("version", 1)
                .put("vote", 2.2)
                .put("weight", 2.25)
                .put("belief", .9)
                .put("beliefLabels", 100)
                .put("answers", 100)
                .put("right", 90);
        voting.getJsonObject("ensemble").put("members", List.of(member)).put("accuracy", .9);
        assertThat(node.contract.allows("model", 200, voting.encode())).isTrue();
        for (String field : member.fieldNames()) {
            JsonObject without = member.copy();
            without.remove(field);
            voting.getJsonObject("ensemble").put("members", List.of(without));
            assertThat(node.contract.allows("model", 200, voting.encode()))
                    .as("without " + field)
                    .isFalse();
        }
    }

    @Test
    void consentsThatNobodyAskedForAreRefusedAsPromised() {
        node.write("approvePromotion", "POST", MODEL + "/approve", new JsonObject().put("version", 1), 409);
        node.write("approvePromotion", "POST", MODEL + "/approve", new JsonObject().put("version", 99), 404);
        node.write("approvePromotion", "POST", MODEL + "/approve", new JsonObject().put("job", 2), 400);
        node.write("release", "POST", MODEL + "/versions/1/release", new JsonObject().put("reason", "again"), 409);
        node.write("release", "POST", MODEL + "/versions/99/release", new JsonObject(), 404);
        node.write("release", "POST", MODEL + "/versions/two/release", new JsonObject(), 400);
    }

    @Test
    void whatStandsBetweenVerdictsAndDeedsIsAsPromised() {
        JsonObject model = node.get("model", MODEL);
        JsonObject said = new JsonObject().put("version", 3).put("reason", "worse");
        JsonObject fallen = new JsonObject()
                .put("version", 3)
                .put("against", 2)
                .put("accuracy", .7)
                .put("before", .9);
        JsonObject oversight = new JsonObject()
                .put("mode", "dryRun")
                .put("approval", "manual")
                .put("decisions", "both")
                .put("errorRate", null)
                .put("would", List.of(said.copy().put("verdict", "ROLL_BACK")))
                .put("waiting", said)
                .put(
                        "threshold",
                        new JsonObject()
                                .put("drop", .1)
                                .put("labels", 100)
                                .put("seen", new JsonObject().put("3", 100))
                                .put("fallen", List.of(fallen)));
        model.put("oversight", oversight);
        assertThat(node.contract.allows("model", 200, model.encode())).isTrue();
        for (String field : oversight.fieldNames()) {
            JsonObject without = oversight.copy();
            without.remove(field);
            model.put("oversight", without);
            assertThat(node.contract.allows("model", 200, model.encode()))
                    .as("without " + field)
                    .isFalse();
        }
    }

    @Test
    void anAlertIsAsPromised() {
        JsonObject model = node.get("model", MODEL);
        JsonObject alert = new JsonObject()
                .put("kind", "TRAINING_FAILED")
                .put("version", null)
                .put("since", "2026-01-30T12:00:00Z")
                .put("value", null)
                .put("limit", null)
                .put("says", "training 7 ended FAILED")
                .put("told", false);
        model.getJsonObject("monitor").put("alerts", List.of(alert));
        assertThat(node.contract.allows("model", 200, model.encode())).isTrue();
        for (String field : alert.fieldNames()) {
            JsonObject without = alert.copy();
            without.remove(field);
            model.getJsonObject("monitor").put("alerts", List.of(without));
            assertThat(node.contract.allows("model", 200, model.encode()))
                    .as("without " + field)
                    .isFalse();
        }
        model.getJsonObject("monitor").put("alerts", List.of(alert.copy().put("kind", "MOOD")));
        assertThat(node.contract.allows("model", 200, model.encode())).isFalse();
    }

    private static void assertAllowed(String operation, String body, String... needed) {
        assertThat(node.contract.allows(operation, 200, body)).as(body).isTrue();
        for (String field : needed) {
            JsonObject without = new JsonObject(body);
            without.remove(field);
            assertThat(node.contract.allows(operation, 200, without.encode()))
                    .as("without " + field)
                    .isFalse();
        }
    }
}
