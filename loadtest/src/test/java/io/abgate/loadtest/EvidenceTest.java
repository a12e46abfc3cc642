package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What labels over HTTP do to an operator's canary at half of the traffic. How right a version is, the application says:
 * what it reports is the answer with the version's probability, so that the accuracies are exact.
 */
class EvidenceTest {
    private static final String MODEL = "next-word";
    private static final int TOGETHER = 20;
    private static final double HALF = .5;

    private static Serving serving;
    private static GatewayClient client;
    private static JsonNode artifact;
    private static int made;

    @BeforeAll
    static void start(@TempDir Path home) {
        serving = Serving.start(home).awaitSettled();
        client = serving.client();
        artifact = client.get("/models/" + MODEL + "/versions/1/artifact");
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    @AfterEach
    void endCanary() {
        if (client.model(MODEL).path("canary").isInt()) {
            client.post("/models/" + MODEL + "/abort", GatewayClient.object());
        }
        serving.awaitSettled(MODEL);
    }

    @Test
    void leavesAnEqualCanaryAloneForThreeThousandLabels() {
        int canary = canary(twin());
        int labels = labelsUntilTakenBack(canary, .9, .9, 3_000, 1);
        assertThat(stage(canary)).as("after %d labels", labels).isEqualTo("CANARY");
        JsonNode rollout = rollout(canary);
        assertThat(rollout.at("/labels/used").asInt()).isEqualTo(3_000);
        assertThat(rollout.path("byEvidence").asBoolean()).isFalse();
        assertThat(rollout.path("share").asDouble()).isEqualTo(HALF);
        assertThat(rollout.path("remaining").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void takesBackACanaryThatIsRightOnSeventyInsteadOfNinetyWithinFourHundredLabels() {
        int inTime = 0;
        for (int seed = 1; seed <= 9; seed++) {
            int canary = canary(twin());
            labelsUntilTakenBack(canary, .9, .7, 400, seed);
            inTime += stage(canary).equals("QUARANTINED") ? 1 : 0;
            endCanary();
        }
        assertThat(inTime).isGreaterThanOrEqualTo(8);
    }

    @Test
    void takesBackACanaryThatFailsItsRequestsAlthoughTheChampionAnswers() {
        int canary = canary(failing());
        int labels = labelsUntilTakenBack(canary, .9, .9, 400, 3);
        assertThat(stage(canary)).as("after %d labels", labels).isEqualTo("QUARANTINED");
        assertThat(client.get("/models/" + MODEL + "/versions/" + canary)
                        .path("live")
                        .path("accuracy")
                        .asDouble())
                .isZero();
    }

    @Test
    void countsRowsOfARequestAndRepeatsOfAKeyOnce() {
        int canary = canary(twin());
        List<String> ids = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        for (int request = 0; request < 60; request++) {
            JsonNode answer = infer("key-" + request % 6, 5);
            GatewayClient.output(answer, "prediction_id").forEach(id -> ids.add(id.asText()));
            GatewayClient.output(answer, "label").forEach(label -> truths.add(label.asText()));
        }
        assertThat(client.feedback(MODEL, ids, truths).path("accepted").asInt()).isEqualTo(300);
        JsonNode labels = rollout(canary).path("labels");
        assertThat(labels.path("received").asInt()).isEqualTo(300);
        assertThat(labels.path("used").asInt()).isEqualTo(6);
        assertThat(labels.path("late").asInt()).isZero();
    }

    /** Another version of the same model. */
    private static JsonNode twin() {
        return Shipped.nudged(artifact, ++made * 1e-9);
    }

    /** A version whose weights are finite and whose answers are not. */
    private static JsonNode failing() {
        ObjectNode changed = artifact.deepCopy();
        for (JsonNode layer : changed.path("layers")) {
            for (JsonNode weights : layer.path("weights")) {
                ArrayNode row = (ArrayNode) weights;
                for (int i = 0; i < row.size(); i++) {
                    row.set(i, i % 2 == 0 ? 1e300 : -1e300);
                }
            }
        }
        return changed;
    }

    private static int canary(JsonNode version) {
        int number = client.register(MODEL, version);
        ObjectNode order = GatewayClient.object().put("version", number).put("to", "canary");
        client.post("/models/" + MODEL + "/promote", order.put("share", HALF));
        serving.awaitSettled(MODEL);
        return number;
    }

    /** Sends requests and labels, some together, until the canary is gone or {@code most} are sent; gives how many. */
    private static int labelsUntilTakenBack(int canary, double championRight, double canaryRight, int most, int seed) {
        Random random = new Random(seed);
        int sent = 0;
        while (sent < most && stage(canary).equals("CANARY")) {
            List<String> ids = new ArrayList<>();
            List<String> truths = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                JsonNode answer = infer("seed " + seed + " key " + sent++, 1);
                boolean byCanary = answer.path("model_version").asText().equals(String.valueOf(canary));
                boolean right = random.nextDouble() < (byCanary ? canaryRight : championRight);
                String label = GatewayClient.output(answer, "label").path(0).asText();
                ids.add(GatewayClient.output(answer, "prediction_id").path(0).asText());
                truths.add(right ? label : other(label));
            }
            client.feedback(MODEL, ids, truths);
        }
        return sent;
    }

    private static String other(String label) {
        return label.equals("the") ? "cat" : "the";
    }

    private static JsonNode infer(String key, int rows) {
        List<List<String>> contexts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            contexts.add(List.of("the", "cat"));
        }
        return GatewayClient.good(client.data("/v2/models/" + MODEL + "/infer")
                .header("X-Routing-Key", key)
                .POST(GatewayClient.body(GatewayClient.inputs("context", "BYTES", contexts))));
    }

    private static String stage(int version) {
        return client.get("/models/" + MODEL + "/versions/" + version)
                .path("stage")
                .asText();
    }

    private static JsonNode rollout(int version) {
        for (JsonNode rollout : client.model(MODEL).path("rollout")) {
            if (rollout.path("version").asInt() == version) {
                return rollout;
            }
        }
        throw new AssertionError("no rollout of version " + version);
    }
}
