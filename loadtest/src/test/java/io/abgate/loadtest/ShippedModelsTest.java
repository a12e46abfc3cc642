package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models that are shipped learn what they are to learn, and live traffic moves away from a worse version. */
class ShippedModelsTest {
    private static final int ROWS_A_REQUEST = 4;
    private static final double FLOOR = 0.05;
    /** A share moves no table before it has moved by this much. */
    private static final double SHARE_STEP = 0.01;

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
    void countsTheFirstNextWordVersionOnTheTenTestContexts() {
        JsonNode counts = firstEvaluation("next-word");
        assertThat(counts.path("rows").asInt()).isEqualTo(10);
        assertThat(counts.path("right").asInt()).isBetween(5, 8);
    }

    @Test
    void teachesTheFirstDigitsVersionToReadNineHundredAndTwentyInAThousand() {
        JsonNode counts = firstEvaluation("digits");
        assertThat(counts.path("rows").asInt()).isEqualTo(797);
        assertThat(counts.path("accuracy").asDouble()).isGreaterThanOrEqualTo(0.92);
    }

    @Test
    void retrainsNextWordOnTheSamplesThatItIsGiven() {
        String samples = """
                {"epochs":20,"learningRate":0.1,"samples":[
                  {"input":["the","cat"],"truth":"sat"}, {"input":["big","dog"],"truth":"ran"},
                  {"input":["sat","on"],"truth":"mat"}, {"input":["ran","in"],"truth":"park"}]}
                """;
        JsonNode ordered = serving.client().post("/models/next-word/retrain", GatewayClient.json(samples));
        JsonNode job = serving.awaitJob(ordered.path("id").asLong());
        assertThat(job.path("state").asText()).as(job.toString()).isIn("HELD", "SUCCEEDED");
        assertThat(job.path("usedRows").asInt()).isEqualTo(4);
        assertThat(job.path("loss").asDouble()).isLessThan(job.path("firstLoss").asDouble());
        JsonNode version = serving.client().get("/models/next-word/versions/" + job.path("version"));
        assertThat(version.path("parent").asInt()).isEqualTo(1);
        assertThat(version.path("stage").asText()).isEqualTo("CANDIDATE");
    }

    @Test
    void movesDigitsAwayFromTheWorseArmDownToTheFloor() {
        GatewayClient client = serving.client();
        client.post("/models/digits/pause", GatewayClient.object().put("all", true));
        int worse = client.register("digits", Shipped.mislabelled(client.get("/models/digits/versions/1/artifact")));
        client.post(
                "/models/digits/promote",
                GatewayClient.object().put("version", worse).put("to", "canary").put("share", 0.4));
        serving.awaitSettled("digits");
        ObjectNode adaptive = GatewayClient.object().put("mode", "adaptive").put("floor", FLOOR);
        GatewayClient.good(client.admin("/models/digits/routing").PUT(GatewayClient.body(adaptive)));
        double share = share(worse);
        assertThat(share).isCloseTo(0.4, within(SHARE_STEP));
        List<Shipped.Digit> digits = Shipped.digits(1000, 1797);
        for (int from = 0; from + ROWS_A_REQUEST <= digits.size() && share > FLOOR + SHARE_STEP; ) {
            predictAndReport(digits.subList(from, from + ROWS_A_REQUEST));
            share = share(worse);
            from += ROWS_A_REQUEST;
        }
        assertThat(share).isBetween(FLOOR - SHARE_STEP, FLOOR + SHARE_STEP);
        JsonNode seen = client.model("digits");
        assertThat(seen.path("canary").asInt()).isEqualTo(worse);
        assertThat(seen.path("labels").path("accepted").asInt()).isPositive();
    }

    private static JsonNode firstEvaluation(String model) {
        JsonNode version = serving.client().get("/models/" + model + "/versions/1");
        assertThat(version.path("stage").asText()).isEqualTo("CHAMPION");
        return serving.client()
                .get("/jobs/" + version.path("job"))
                .path("evaluation")
                .path("candidate");
    }

    private static void predictAndReport(List<Shipped.Digit> rows) {
        ObjectNode request = GatewayClient.inputs(
                "pixels", "FP32", rows.stream().map(Shipped.Digit::pixels).toList());
        JsonNode answer = GatewayClient.good(
                serving.client().data("/v2/models/digits/infer").POST(GatewayClient.body(request)));
        List<String> ids = new ArrayList<>();
        GatewayClient.output(answer, "prediction_id").forEach(id -> ids.add(id.asText()));
        JsonNode result = serving.client()
                .feedback("digits", ids, rows.stream().map(Shipped.Digit::digit).toList());
        assertThat(result.path("accepted").asInt()).isEqualTo(rows.size());
    }

    /** The share of a version; that all of them sum to 1 is looked at each time. */
    private static double share(int version) {
        JsonNode shares = serving.client().model("digits").path("routing").path("shares");
        double sum = 0;
        for (JsonNode share : shares) {
            sum += share.asDouble();
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        return shares.path(String.valueOf(version)).asDouble();
    }
}
