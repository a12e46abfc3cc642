package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What requests alone tell: a router that loses some stops a promotion, and a version that fails is taken back. */
class TrafficEvidenceTest {
    private static final String ROBBED = "robbed";
    private static final String HEALTHY = "healthy";
    private static final String FAILING = "failing";
    private static final String LABELLED = "labelled";
    private static final int NONE = Integer.MAX_VALUE;

    private static Serving serving;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path sides = Path.of("src", "test", "resources", "sides");
        try (Stream<Path> files = Files.walk(sides)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(sides.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path models = folder.resolve("models");
        String text = Files.readString(models.resolve("sides.yaml"))
                .replace("promotion: manual", "promotion: count")
                .replace("labels: 100", "labels: 20")
                .replaceFirst("controlShare: 0 .*", "controlShare: 0.5\n  trafficSeconds: 1")
                .replace("deadlineMillis: 1000", "deadlineMillis: 500");
        Files.delete(models.resolve("sides.yaml"));
        for (String model : List.of(ROBBED, HEALTHY, FAILING, LABELLED)) {
            Files.writeString(models.resolve(model + ".yaml"), text);
        }
        Path config = folder.resolve("abgate.yaml");
        serving = Serving.start(folder.resolve("home"), "--config", config.toString())
                .awaitSettled();
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    private static GatewayClient client() {
        return serving.client();
    }

    @Test
    void promotesNothingWhileARouterLosesRequestsOfOneVersion() throws InterruptedException {
        for (String model : List.of(ROBBED, HEALTHY)) {
            beginGuard(model);
        }
        FaultyRouter healthy = new FaultyRouter(client(), HEALTHY);
        healthy.ask(5_000, 2, NONE);
        label(HEALTHY);
        assertThat(stage(HEALTHY, 3)).as("what is to happen otherwise").isEqualTo("CHAMPION");

        FaultyRouter faulty = new FaultyRouter(client(), ROBBED);
        while (!split(ROBBED).path("broken").asBoolean() && faulty.asked() < 200_000) {
            faulty.ask(2_000, 2, 20);
        }
        assertThat(faulty.failed()).isEmpty();
        assertThat(healthy.failed()).isEmpty();
        label(ROBBED);
        JsonNode model = client().model(ROBBED);
        assertThat(shadow(ROBBED).path("pairs").asInt())
                .isGreaterThanOrEqualTo(shadow(ROBBED).path("needed").asInt());
        assertThat(stage(ROBBED, 3)).isEqualTo("SHADOW");
        assertThat(model.path("traffic").path("hold").asText())
                .startsWith("requests do not come to versions 2 and 1 as the split means them to");
        assertThat(model.path("monitor").path("alerts").path(0).path("kind").asText())
                .isEqualTo("SPLIT_BROKEN");
    }

    /** Version 2 is champion, and half of the requests go to version 1. */
    private static JsonNode promoteSecond(String model) {
        JsonNode first = client().get("/models/" + model + "/versions/1/artifact");
        int second = client().register(model, Shipped.nudged(first, 0.001));
        client().post(
                        "/models/" + model + "/promote",
                        GatewayClient.object().put("version", second).put("force", true));
        serving.awaitSettled(model);
        return first;
    }

    /** And version 3 is in shadow. */
    private static void beginGuard(String model) {
        JsonNode first = promoteSecond(model);
        int third = client().register(model, Shipped.nudged(first, 0.002));
        client().post(
                        "/models/" + model + "/promote",
                        GatewayClient.object().put("version", third).put("to", "shadow"));
        serving.awaitSettled(model);
    }

    private static JsonNode split(String model) {
        return client().model(model).path("traffic").path("comparison").path("split");
    }

    private static String stage(String model, int version) {
        return client().get("/models/" + model + "/versions/" + version)
                .path("stage")
                .asText();
    }

    private static JsonNode shadow(String model) {
        return client().get("/models/" + model + "/versions/3").path("shadow");
    }

    /** Labels until there are as many labelled copies as a promotion takes; the load has used up some of the budget. */
    private static void label(String model) {
        for (int request = 0; request < 2_000 && isLacking(model); request++) {
            JsonNode answer = infer(model);
            List<String> ids = new ArrayList<>();
            GatewayClient.output(answer, "prediction_id").forEach(id -> ids.add(id.asText()));
            client().feedback(model, ids, List.of("right"));
        }
    }

    private static boolean isLacking(String model) {
        JsonNode shadow = shadow(model);
        return shadow.isObject()
                && shadow.path("pairs").asInt() < shadow.path("needed").asInt();
    }

    private static JsonNode infer(String model) {
        return GatewayClient.good(client().data("/v2/models/" + model + "/infer")
                .POST(GatewayClient.body(GatewayClient.inputs("point", "FP64", List.of(List.of(0.25, 0.5))))));
    }

    @Test
    void findsThatLabelsOfOneVersionAreWithheldAndNothingWhileTheyAreNot() {
        promoteSecond(LABELLED);
        LabelledRows rows = new LabelledRows(client(), LABELLED);
        rows.ask(4_000, Map.of(1, .7, 2, .7));
        await().atMost(Serving.PATIENCE).until(() -> rows.predicted() == rows.asked());
        assertThat(rows.labelling(1).path("dependence").isNull()).isTrue();
        assertThat(rows.labelling(1).path("coverage").asDouble()).isBetween(.6, .8);
        assertThat(rows.labelling(2).path("coverage").asDouble()).isBetween(.6, .8);
        rows.ask(4_000, Map.of(1, .4, 2, .7));
        await().atMost(Serving.PATIENCE).until(() -> rows.predicted() == rows.asked());
        assertThat(rows.labelling(1).path("dependence").asText())
                .isEqualTo("labels come to unequal parts of the predictions of versions 1 and 2");
    }

    @Test
    void takesBackAVersionThatFailsAlthoughNobodyLabelsAndEverybodyIsAnswered() {
        int broken =
                client().register(FAILING, overflowing(client().get("/models/" + FAILING + "/versions/1/artifact")));
        client().post(
                        "/models/" + FAILING + "/promote",
                        GatewayClient.object()
                                .put("version", broken)
                                .put("to", "canary")
                                .put("share", 0.5));
        serving.awaitSettled(FAILING);
        int fallbacks = 0;
        for (int request = 0; request < 200; request++) {
            JsonNode answer = infer(FAILING); // asserts that it is answered
            fallbacks += answer.path("parameters").path("route").asText().equals("fallback") ? 1 : 0;
        }
        assertThat(fallbacks).isBetween(60, 140);
        await().atMost(Serving.PATIENCE).until(() -> stage(FAILING, broken).equals("QUARANTINED"));
        JsonNode event = client().get("/events?type=ROLLED_BACK&model=" + FAILING)
                .path("events")
                .path(0);
        assertThat(event.path("summary").asText())
                .startsWith(
                        "Version " + broken + " was rolled back: fails more than 1.0 points oftener than version 1");
        assertThat(event.path("body").path("figures").path("bad").asInt()).isLessThanOrEqualTo(fallbacks);
        assertThat(client().model(FAILING).path("labels").path("accepted").asInt())
                .isZero();
    }

    /** Finite weights, and no number for any point but those on the diagonal, such as the one it is warmed up with. */
    private static JsonNode overflowing(JsonNode artifact) {
        ObjectNode changed = artifact.deepCopy();
        for (JsonNode layer : changed.path("layers")) {
            ArrayNode bias = (ArrayNode) layer.path("bias");
            for (int to = 0; to < bias.size(); to++) {
                bias.set(to, 0.0);
                for (int from = 0; from < layer.path("weights").size(); from++) {
                    ((ArrayNode) layer.path("weights").path(from)).set(to, (from + to) % 2 == 0 ? 1e300 : -1e300);
                }
            }
        }
        return changed;
    }
}
