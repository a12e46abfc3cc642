package io.abgate.gateway.admin;

import static io.abgate.gateway.admin.PromisedNode.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.launcher.RunningNode;
import io.abgate.gateway.launcher.SmallNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every label is asked for, by a whole node over HTTP, which is started anew in between. */
class AuditApiTest {
    private static final String AUDIT = MODEL + "/audit";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    @Test
    void whatIsAskedForIsListedUntilItsLabelComesAlsoAfterARestart() throws Exception {
        String first;
        JsonObject before;
        try (RunningNode running = SmallNode.startAsking(home, 1)) {
            PromisedNode node = new PromisedNode(running);
            SmallNode.awaitPrediction(running); // one that is asked for, as is the next
            first = predictionId(running);
            await().atMost(LONG).until(() -> waiting(node).size() == 2);
            JsonObject newest = waiting(node).getJsonObject(0);
            assertThat(newest.getString("id")).isEqualTo(first);
            assertThat(newest.getInteger("version")).isEqualTo(1);
            assertThat(newest.getJsonArray("input")).isEqualTo(new JsonArray().add("the"));
            assertThat(node.get("audit", AUDIT + "?limit=1").getJsonArray("predictions"))
                    .hasSize(1);
            JsonObject said = node.get("prediction", "/api/v1/predictions/" + first);
            assertThat(said.getBoolean("audit")).isTrue();

            feedback(running, first, "cat");
            assertThat(waiting(node)).hasSize(1);
            assertThat(waiting(node).getJsonObject(0).getString("id")).isNotEqualTo(first);
            before = labelling(node);
            assertThat(before.getInteger("received")).isEqualTo(1);
            assertThat(before.getJsonObject("audit").getInteger("asked")).isEqualTo(2);
            assertThat(before.getJsonObject("audit").getInteger("labelled")).isEqualTo(1);
            assertThat(before.getJsonObject("audit").getDouble("coverage")).isEqualTo(.5);
            assertThat(before.getJsonObject("lag").getInteger("count")).isEqualTo(1);
            assertThat(before.getJsonObject("lag").getDouble("p95")).isPositive();
            assertThat(SmallNode.get(running.adminUrl() + "/metrics"))
                    .contains("abgate_labels_coverage{model=\"next-word\",version=\"1\"}")
                    .contains("abgate_labels_lag_p95_seconds{model=\"next-word\",version=\"1\"}");
        }
        try (RunningNode running = SmallNode.startAsking(home, 1)) {
            PromisedNode node = new PromisedNode(running);
            assertThat(waiting(node)).hasSize(1);
            assertThat(told(labelling(node))).isEqualTo(told(before));
            String other = waiting(node).getJsonObject(0).getString("id");
            feedback(running, other, "dog");
            feedback(running, first, "dog"); // a correction
            assertThat(waiting(node)).isEmpty();
            assertThat(labelling(node).getInteger("corrected")).isEqualTo(1);
            assertThat(labelling(node).getJsonObject("audit").getDouble("coverage"))
                    .isEqualTo(1);
        }
    }

    @Test
    void nonsenseIsRefusedAndNothingIsAskedForWithoutTheSetting() throws Exception {
        try (RunningNode running = SmallNode.start(home)) {
            PromisedNode node = new PromisedNode(running);
            SmallNode.awaitPrediction(running);
            assertThat(SmallNode.predict(running)).doesNotContain("\"audit\"");
            assertThat(node.get("audit", AUDIT).getInteger("auditOneIn")).isZero();
            assertThat(waiting(node)).isEmpty();
            node.read("audit", AUDIT + "?limit=1001", 400);
            node.read("audit", AUDIT + "?limit=0", 400);
            node.read("audit", AUDIT + "?limit=many", 400);
            node.read("audit", AUDIT + "?page=1", 400);
            node.read("audit", "/api/v1/models/nobody/audit", 404);
        }
    }

    private static JsonArray waiting(PromisedNode node) {
        return node.get("audit", AUDIT).getJsonArray("predictions");
    }

    private static JsonObject labelling(PromisedNode node) {
        return node.get("model", MODEL)
                .getJsonArray("versions")
                .getJsonObject(0)
                .getJsonObject("labelling");
    }

    /** What labels alone tell: how many predictions there were is told every few seconds. */
    private static JsonObject told(JsonObject labelling) {
        JsonObject told = labelling.copy();
        List.of("predicted", "mature", "coverage", "coverageByOutcome", "bounds")
                .forEach(told::remove);
        return told;
    }

    private static String predictionId(RunningNode node) throws IOException, InterruptedException {
        JsonObject parameters = new JsonObject(SmallNode.predict(node)).getJsonObject("parameters");
        assertThat(parameters.getBoolean("audit")).isTrue();
        return parameters.getString("prediction_id");
    }

    private static void feedback(RunningNode node, String id, String truth) throws IOException, InterruptedException {
        JsonObject body = new JsonObject().put("prediction_id", id).put("truth", truth);
        int status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.dataUrl() + "/v2/models/next-word/feedback"))
                                .POST(BodyPublishers.ofString(body.encode()))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
        assertThat(status).isEqualTo(200);
    }
}
