package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server takes back the canary that it ought to, as soon as it ought to, and no other. */
class EvidenceTest {
    private static final int FORMER = 1;
    private static final double SHARE = 0.5;
    private static final int SEEDS = 9;
    /** Keys are tossed by chance: one run in 25 takes more than 400 labels, so that fewer than this is no chance. */
    private static final int LEAST = 6;

    private static Serving serving;
    private static GatewayClient client;
    private static int made;

    private int canary;

    @BeforeAll
    static void start(@TempDir Path home, @TempDir Path config) throws IOException {
        // the whole budget is the labels': requests have none of it
        String file = Sides.configuration(config, "controlShare: 0 ", "guardrails: none\n  controlShare: 0 ");
        serving = Serving.start(home, "--config", file).awaitSettled();
        client = serving.client();
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    @BeforeEach
    void putACopyInCanary() {
        JsonNode artifact = client.get("/models/sides/versions/" + FORMER + "/artifact");
        made++;
        canary(Shipped.nudged(artifact, made * 1e-9));
    }

    @AfterEach
    void takeItOut() {
        if (stage().equals("CANARY")) {
            client.post("/models/sides/abort", GatewayClient.object());
        }
    }

    private void canary(JsonNode artifact) {
        canary = client.register(Sides.NAME, artifact);
        ObjectNode order = GatewayClient.object().put("version", canary).put("to", "canary");
        client.post("/models/sides/promote", order.put("share", SHARE));
        serving.awaitSettled(Sides.NAME);
    }

    private static Planted planted(int seed) {
        return new Planted(client, new Random(seed));
    }

    private String stage() {
        return client.get("/models/sides/versions/" + canary).path("stage").asText();
    }

    @Test
    void leavesAnEqualCanaryAlone() {
        if (!isLeftAlone(1)) { // one in fifty is taken back by chance, and where keys lie is drawn anew in each run
            putACopyInCanary();
            assertThat(isLeftAlone(2))
                    .as("a second one after the first was taken back")
                    .isTrue();
        }
    }

    private boolean isLeftAlone(int seed) {
        Planted application = planted(seed);
        for (int label = 0; label < 3_000 && stage().equals("CANARY"); label += 100) {
            application.report(application.predictions(100), Map.of(FORMER, .9, canary, .9));
        }
        return stage().equals("CANARY");
    }

    @Test
    void takesBackACanaryThatIsMuchWorseMostlyWithin400Labels() {
        int within = 0;
        List<Integer> labels = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            int taken = labelsUntilTakenBack(planted(seed), 1_000);
            labels.add(taken);
            within += taken <= 400 ? 1 : 0;
            putACopyInCanary();
        }
        assertThat(within).as("labels of each seed: %s", labels).isGreaterThanOrEqualTo(LEAST);
    }

    private int labelsUntilTakenBack(Planted application, int most) {
        int labels = 0;
        while (labels < most && stage().equals("CANARY")) {
            application.report(application.predictions(10), Map.of(FORMER, .9, canary, .7));
            labels += 10;
        }
        return labels;
    }

    @Test
    void takesBackACanaryThatFailsAlthoughTheChampionAnsweredForIt() {
        Planted application = planted(2);
        client.post("/models/sides/abort", GatewayClient.object());
        canary(overflowing(client.get("/models/sides/versions/" + FORMER + "/artifact")));
        int labels = 0;
        while (labels < 1_000 && stage().equals("CANARY")) {
            List<Planted.Pending> pending = far(application, 10);
            assertThat(pending).allMatch(prediction -> prediction.answered() == FORMER);
            application.report(pending, Map.of(FORMER, .9));
            labels += 10;
        }
        assertThat(stage()).isEqualTo("QUARANTINED");
    }

    /** The artifact with weights that overflow where a point is far away, and only there: it is loaded and fails. */
    private static JsonNode overflowing(JsonNode artifact) {
        ObjectNode changed = artifact.deepCopy();
        changed.path("layers").path(0).path("weights").forEach(row -> {
            ArrayNode weights = (ArrayNode) row;
            for (int i = 0; i < weights.size(); i++) {
                weights.set(i, 1e300);
            }
        });
        return changed;
    }

    private static List<Planted.Pending> far(Planted application, int count) {
        List<Planted.Pending> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Sides.Point far = new Sides.Point(1e10 * (1 + application.random().nextDouble()), 1e10);
            pending.addAll(Planted.ask(Sides.infer(client, List.of(far))));
        }
        return pending;
    }

    @Test
    void countsAKeyOnceHoweverOftenItComesAndARequestOnceHoweverManyItsRows() {
        Planted application = planted(3);
        Map<Integer, Double> worthless = Map.of(FORMER, 1., canary, 0.);
        for (int time = 0; time < 50; time++) {
            application.report(application.ofKeys(4, 5), worthless);
        }
        assertThat(stage()).as("1,000 labels of 4 keys").isEqualTo("CANARY");
        application.report(application.predictions(200), worthless);
        assertThat(stage()).as("200 labels without a key").isEqualTo("QUARANTINED");
    }
}
