package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A champion that is worse than the former one takes itself back, with no operator and no canary. */
class GuardTest {
    private static final int FORMER = 1;

    private static Serving serving;

    @BeforeAll
    static void start(@TempDir Path home) {
        serving = Serving.start(home).awaitSettled();
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    @Test
    void rollsBackAForcedChampionByTheLabelsOfLiveTraffic() {
        GatewayClient client = serving.client();
        JsonNode artifact = client.get("/models/digits/versions/" + FORMER + "/artifact");
        int bad = client.register("digits", Shipped.mislabelled(artifact));
        client.post(
                "/models/digits/promote",
                GatewayClient.object().put("version", bad).put("force", true));
        JsonNode guard = serving.awaitSettled("digits").path("guard");
        assertThat(guard.path("version").asInt()).isEqualTo(bad);
        assertThat(guard.path("control").asInt()).isEqualTo(FORMER);
        assertThat(guard.path("share").asDouble()).isEqualTo(0.05);

        Set<String> routes = new TreeSet<>();
        List<Shipped.Digit> digits = Shipped.digits(1000, 1797);
        for (int i = 0; i < digits.size() && champion() == bad; i++) {
            routes.add(predictAndReport(digits.get(i))); // asserts that it is answered
        }

        assertThat(champion()).isEqualTo(FORMER);
        assertThat(routes).containsExactlyInAnyOrder("champion", "control");
        JsonNode taken = client.get("/models/digits/versions/" + bad);
        assertThat(taken.path("stage").asText()).isEqualTo("QUARANTINED");
        assertThat(taken.path("evidence").path("g").asDouble()).isGreaterThanOrEqualTo(20);
        assertThat(serving.awaitSettled("digits").path("guard").isNull()).isTrue();
        JsonNode event = lastRollback();
        assertThat(event.path("actor").asText()).isEqualTo("registry");
        assertThat(event.path("summary").asText()).contains("less accurate than the former champion " + FORMER);
        assertThat(event.path("body").path("figures").path("control").asInt()).isEqualTo(FORMER);
        assertThat(predictAndReport(digits.get(0))).isEqualTo("champion");
    }

    private static int champion() {
        return serving.client().model("digits").path("champion").asInt();
    }

    private static JsonNode lastRollback() {
        JsonNode events =
                serving.client().get("/events?model=digits&type=ROLLED_BACK").path("events");
        assertThat(events.size()).isEqualTo(1);
        return events.path(0);
    }

    /** Sends one picture and tells what it showed; gives the route of the answer. */
    private static String predictAndReport(Shipped.Digit digit) {
        ObjectNode request = GatewayClient.inputs("pixels", "FP32", List.of(digit.pixels()));
        JsonNode answer = GatewayClient.good(
                serving.client().data("/v2/models/digits/infer").POST(GatewayClient.body(request)));
        List<String> ids = new ArrayList<>();
        GatewayClient.output(answer, "prediction_id").forEach(id -> ids.add(id.asText()));
        JsonNode told = serving.client().feedback("digits", ids, List.of(digit.digit()));
        assertThat(told.path("accepted").asInt()).isEqualTo(1);
        return answer.path("parameters").path("route").asText();
    }
}
