package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trainings that an operator orders of a running gateway: to the last digit those of the published exercise, and
 * without any effect on who is served.
 */
class RetrainingUnderLoadTest {
    private static final String MODEL = "/models/next-word";
    private static final double SAME = 1e-9;
    private static final ObjectNode QUESTION =
            GatewayClient.inputs("context", "BYTES", List.of(List.of("the", "cat"), List.of("", "dog")));

    private static Serving serving;

    @BeforeAll
    static void start(@TempDir Path home) {
        serving = Serving.start(home).awaitSettled();
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    private static JsonNode artifact(int version) {
        return serving.client().get(MODEL + "/versions/" + version + "/artifact");
    }

    private static JsonNode retrained(ObjectNode order) {
        JsonNode ordered = serving.client().post(MODEL + "/retrain", order.put("rollout", false));
        return serving.awaitJob(ordered.path("id").asLong());
    }

    private static ObjectNode order(int from, String run, JsonNode samples) {
        JsonNode recorded = Exercise.run(run);
        ObjectNode order = GatewayClient.object().put("from", from);
        order.set("epochs", recorded.path("epochs"));
        order.set("learningRate", recorded.path("learning_rate"));
        order.set("samples", samples);
        return order;
    }

    @ParameterizedTest
    @CsvSource({
        "A_15_epochs_lr_0.005, M0, 0, 0",
        "B_200_epochs_lr_0.5, M0, 0, 6",
        "C_recovery_200_epochs_lr_0.5, noisy, 3, 7"
    })
    void givesTheWeightsOfTheExercise(String run, String start, int before, int after) {
        JsonNode parent = start.equals("M0")
                ? Exercise.artifact(Exercise.read("weights.json").at("/models/M0"))
                : Exercise.noisy();
        int from = serving.client().register("next-word", parent);

        JsonNode job = retrained(order(from, run, Exercise.samples("buffer")));

        assertThat(job.path("usedRows").asInt()).as(job.toString()).isEqualTo(36);
        assertThat(job.path("droppedRows").asInt()).isEqualTo(4);
        assertThat(job.at("/evaluation/parent/right").asInt()).isEqualTo(before);
        assertThat(job.at("/evaluation/candidate/right").asInt()).isEqualTo(after);
        JsonNode losses = Exercise.run(run).path("loss_before_update_at_epoch");
        assertThat(job.path("firstLoss").asDouble()).isCloseTo(losses.path(0).asDouble(), within(SAME));
        assertThat(job.path("loss").asDouble())
                .isCloseTo(losses.path(losses.size() - 1).asDouble(), within(SAME));
        JsonNode expected = Exercise.artifact(Exercise.run(run).path("final"));
        assertThat(weights(artifact(job.path("version").asInt()))).containsExactly(weights(expected), within(SAME));
        assertThat(weights(artifact(from))).as("the parent, to the last bit").containsExactly(weights(parent));
    }

    private static double[] weights(JsonNode artifact) {
        return numbers(artifact.path("layers"))
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static Stream<JsonNode> numbers(JsonNode json) {
        return json.isNumber()
                ? Stream.of(json)
                : StreamSupport.stream(json.spliterator(), false).flatMap(RetrainingUnderLoadTest::numbers);
    }

    @Test
    void rejectsTheTrainingThatHarmsAndKeepsItsParent() {
        int from = serving.client().register("next-word", Exercise.noisy());
        JsonNode parent = artifact(from);
        ObjectNode order = order(from, "D_harmful_15_epochs_lr_0.005", Exercise.samples("challenge_buffer"));

        JsonNode job = retrained(order);

        assertThat(job.path("state").asText()).isEqualTo("REJECTED");
        assertThat(job.path("says").asText())
                .contains("post-training accuracy fell: 1 of 10 held-out rows right, its parent 3");
        assertThat(job.path("usedRows").asInt()).isEqualTo(1);
        JsonNode version = serving.client().get(MODEL + "/versions/" + job.path("version"));
        assertThat(version.path("stage").asText()).isEqualTo("REJECTED");
        assertThat(artifact(from)).isEqualTo(parent);
        assertThat(serving.client().model("next-word").path("champion").asInt()).isEqualTo(1);
    }

    @Test
    void refusesOrRejectsWhatWouldHarmWhileEveryRequestIsAnsweredByTheSameVersion() throws IOException {
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        String before = comparable(GatewayClient.send(question()).body());
        try (Traffic traffic = Traffic.of(2, () -> {
            HttpResponse<String> answer = GatewayClient.send(question());
            answers.add(comparable(answer.body()));
            return answer;
        })) {
            assertRefusals();
            assertRejections();
            poison();
            JsonNode poisoned = retrained(GatewayClient.object().put("epochs", 400));
            assertThat(poisoned.path("state").asText()).as(poisoned.toString()).isEqualTo("REJECTED");
            assertThat(poisoned.path("says").asText()).contains("post-training accuracy fell");
            assertThat(traffic.failed()).isEmpty();
        }
        assertThat(answers.size()).isGreaterThan(100);
        assertThat(answers).containsOnly(before);
    }

    private static HttpRequest.Builder question() {
        return serving.client().data("/v2/models/next-word/infer").POST(GatewayClient.body(QUESTION));
    }

    /** Who answered, and what, to the last digit; a prediction id is another one each time. */
    private static String comparable(String answer) {
        JsonNode json = GatewayClient.json(answer);
        return json.path("model_version") + " " + GatewayClient.output(json, "label") + " "
                + GatewayClient.output(json, "confidence");
    }

    private static void assertRefusals() throws IOException {
        assertThat(refusal("{\"epochs\":0}")).isEqualTo("epochs: 0 (expected: 1 to 100000)");
        assertThat(refusal("{\"samples\":[{\"input\":[\"the\"],\"truth\":\"never heard of\"}]}"))
                .startsWith("samples: ")
                .contains("a truth that is no label");
    }

    private static String refusal(String order) throws IOException {
        return Refusals.problem(400, serving.client().admin(MODEL + "/retrain").POST(BodyPublishers.ofString(order)));
    }

    private static void assertRejections() {
        ObjectNode wild = GatewayClient.object().put("epochs", 10).put("learningRate", 1e6);
        wild.set("samples", Exercise.samples("buffer"));
        JsonNode exploded = retrained(wild);
        assertThat(exploded.path("state").asText()).as(exploded.toString()).isEqualTo("REJECTED");
        assertThat(exploded.path("says").asText()).isNotBlank();
    }

    /** So many labels that all say the same that the newest thousand are nothing else. */
    private static void poison() {
        ObjectNode request = GatewayClient.inputs("context", "BYTES", Collections.nCopies(500, List.of("the", "cat")));
        for (int batch = 0; batch < 2; batch++) {
            JsonNode answer = GatewayClient.good(
                    serving.client().data("/v2/models/next-word/infer").POST(GatewayClient.body(request)));
            List<String> ids = new ArrayList<>();
            GatewayClient.output(answer, "prediction_id").forEach(id -> ids.add(id.asText()));
            JsonNode result = serving.client().feedback("next-word", ids, Collections.nCopies(ids.size(), "slowly"));
            assertThat(result.path("accepted").asInt()).isEqualTo(ids.size());
        }
    }
}
