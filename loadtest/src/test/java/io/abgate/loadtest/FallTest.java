package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When accuracy falls after a promotion, a real server finds out whether the new champion is to blame or the world. */
class FallTest {
    private static final int FORMER = 1;
    private static final int HEALTHY = 400;
    private static final int MOST = 6_000;

    private Serving serving;
    private int promoted;

    @BeforeEach
    void promote(@TempDir Path home, @TempDir Path config) throws IOException {
        String file = Sides.configuration(config, "controlShare: 0 ", "controlShare: 0.05 ");
        serving = Serving.start(home, "--config", file).awaitSettled();
        JsonNode artifact = serving.client().get("/models/sides/versions/" + FORMER + "/artifact");
        promoted = serving.client().register(Sides.NAME, Shipped.nudged(artifact, 1e-9));
        serving.client()
                .post(
                        "/models/sides/promote",
                        GatewayClient.object().put("version", promoted).put("force", true));
        assertThat(serving.awaitSettled(Sides.NAME)
                        .path("guard")
                        .path("control")
                        .asInt())
                .isEqualTo(FORMER);
    }

    @AfterEach
    void end() {
        serving.close();
    }

    @Test
    void retrainsWhenBothAreLessAccurateThanTheyWere() {
        int labels = labelsUntil("JOB_QUEUED", "both fell", Map.of(FORMER, .6, promoted, .6));
        assertThat(labels).isLessThan(MOST);
        assertThat(champion()).isEqualTo(promoted);
        assertThat(events("ROLLED_BACK")).isEmpty();
    }

    @Test
    void rollsBackWhenOnlyTheNewOneIs() {
        int labels = labelsUntil("ROLLED_BACK", "less accurate", Map.of(FORMER, .95, promoted, .6));
        assertThat(labels).isLessThan(MOST);
        assertThat(champion()).isEqualTo(FORMER);
        assertThat(events("JOB_QUEUED")).noneMatch(event -> said(event).contains("both fell"));
    }

    /** Labels after both were healthy for a while, until the registry says this. */
    private int labelsUntil(String type, String words, Map<Integer, Double> accuracy) {
        Planted application = new Planted(serving.client(), new Random(4));
        application.report(application.predictions(HEALTHY), Map.of(FORMER, .95, promoted, .95));
        assertThat(events(type)).noneMatch(event -> said(event).contains(words));
        int labels = 0;
        while (labels < MOST
                && events(type).stream().noneMatch(event -> said(event).contains(words))) {
            application.report(application.predictions(50), accuracy);
            labels += 50;
        }
        return labels;
    }

    private int champion() {
        return serving.client().model(Sides.NAME).path("champion").asInt();
    }

    private List<JsonNode> events(String type) {
        JsonNode events =
                serving.client().get("/events?model=sides&type=" + type).path("events");
        return Stream.iterate(0, i -> i < events.size(), i -> i + 1)
                .map(events::path)
                .toList();
    }

    private static String said(JsonNode event) {
        return event.toString();
    }
}
