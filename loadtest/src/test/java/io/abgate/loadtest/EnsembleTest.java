package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions vote on real pictures; by late labels one that is always wrong never gets a vote, the other a heavy one. */
class EnsembleTest {
    private static final int LABELS = 200;

    private int right;

    @Test
    void learnsWhoseVoteIsWorthWhatAndKeepsItThroughARestart(@TempDir Path home) {
        JsonNode before;
        int bad;
        try (Serving serving = Serving.start(home).awaitSettled()) {
            GatewayClient client = serving.client();
            bad = client.register("digits", Shipped.mislabelled(client.get("/models/digits/versions/1/artifact")));
            client.post(
                    "/models/digits/promote",
                    GatewayClient.object()
                            .put("version", bad)
                            .put("to", "canary")
                            .put("share", 0.5));
            serving.awaitSettled("digits");
            GatewayClient.good(client.admin("/models/digits/routing")
                    .PUT(GatewayClient.body(GatewayClient.object().put("mode", "ensemble"))));
            serving.awaitSettled("digits");
            await().until(() -> predict(client, Shipped.digits(1000, 1001).get(0))
                    .path("parameters")
                    .path("route")
                    .asText()
                    .equals("ensemble"));
            Shipped.digits(1001, 1001 + LABELS).forEach(digit -> predictAndReport(client, digit));
            before = awaitAnswers(client);
            assertLearnt(client.model("digits"), bad);
        }
        try (Serving serving = Serving.start(home).awaitSettled()) {
            assertThat(withoutVotes(ensemble(serving.client()))).isEqualTo(withoutVotes(before));
            assertLearnt(serving.client().model("digits"), bad);
        }
    }

    private void assertLearnt(JsonNode model, int bad) {
        JsonNode vote = model.path("ensemble");
        assertThat(vote.path("labels").asInt()).isEqualTo(LABELS);
        assertThat(vote.path("right").asInt()).isEqualTo(right).isGreaterThan(LABELS * 8 / 10);
        JsonNode good = vote.path("members").path(0);
        assertThat(good.path("answers").asInt()).isEqualTo(LABELS);
        assertThat(good.path("right").asInt()).as("who votes alone is the vote").isEqualTo(right);
        assertThat(good.path("vote").asDouble()).isGreaterThan(2);
        JsonNode wrong = vote.path("members").path(1);
        assertThat(wrong.path("version").asInt()).isEqualTo(bad);
        assertThat(wrong.path("right").asInt()).isLessThan(LABELS / 10);
        assertThat(wrong.path("vote").asDouble()).isZero();
        assertThat(model.path("canary").asInt())
                .as("nobody is judged by a vote")
                .isEqualTo(bad);
        model.path("versions")
                .forEach(version ->
                        assertThat(version.at("/live/labels").asInt()).isZero());
    }

    private static JsonNode awaitAnswers(GatewayClient client) {
        await().until(() -> ensemble(client).at("/members/0/answers").asInt() == LABELS);
        return ensemble(client);
    }

    /** Votes follow what is believed in steps, and a table after a restart begins with a new one. */
    private static JsonNode withoutVotes(JsonNode ensemble) {
        ensemble.path("members").forEach(member -> ((ObjectNode) member).remove("vote"));
        return ensemble;
    }

    private static JsonNode ensemble(GatewayClient client) {
        return client.model("digits").path("ensemble");
    }

    private void predictAndReport(GatewayClient client, Shipped.Digit digit) {
        JsonNode answer = predict(client, digit);
        assertThat(answer.at("/parameters/voters").asText()).isEqualTo("1");
        List<String> ids = new ArrayList<>();
        GatewayClient.output(answer, "prediction_id").forEach(id -> ids.add(id.asText()));
        right += GatewayClient.output(answer, "label").path(0).asText().equals(digit.digit()) ? 1 : 0;
        assertThat(client.feedback("digits", ids, List.of(digit.digit()))
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
    }

    private static JsonNode predict(GatewayClient client, Shipped.Digit digit) {
        ObjectNode request = GatewayClient.inputs("pixels", "FP32", List.of(digit.pixels()));
        return GatewayClient.good(client.data("/v2/models/digits/infer").POST(GatewayClient.body(request)));
    }
}
