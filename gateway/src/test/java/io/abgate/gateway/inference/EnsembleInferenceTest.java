package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.output;
import static io.abgate.gateway.DataListener.routeOf;
import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class EnsembleInferenceTest {
    private static final int PLENTY = 1_000_000;

    private DataListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.sampledMail(PLENTY)).route(voting(2, 1, 1.5));
    }

    private static RouteTable voting(double champion, double standby, double canary) {
        return table(
                "mail",
                5,
                RoutingMode.ENSEMBLE,
                voter(1, Stage.CHAMPION, 1, champion),
                voter(2, Stage.STANDBY, 0, standby),
                voter(3, Stage.CANARY, 0, canary));
    }

    private static RoutedVersion voter(int number, Stage stage, double share, double vote) {
        return new RoutedVersion(number, stage, share, "sha" + number, vote);
    }

    private static FakeModel says(int number, double spam, String... labels) {
        List<String> names = labels.length == 0 ? FakeModel.LABELS : List.of(labels);
        return new FakeModel("sha" + number, Models.TEXT, input -> {
            int rows = input.rows();
            int[] label = new int[rows];
            double[] confidence = new double[rows];
            double[][] probabilities = new double[rows][];
            int place = names.indexOf("spam");
            for (int row = 0; row < rows; row++) {
                probabilities[row] = new double[names.size()];
                Arrays.fill(probabilities[row], (1 - spam) / (names.size() - 1));
                probabilities[row][place] = spam;
                label[row] = spam > .5 ? place : 1 - place;
                confidence[row] = Math.max(spam, 1 - spam);
            }
            return new PredictReply(names, label, confidence, probabilities);
        });
    }

    private void host(FakeModel champion, FakeModel standby, FakeModel canary) {
        listener.host("mail", 1, champion).host("mail", 2, standby).host("mail", 3, canary);
    }

    @Test
    void theWeightedMeanOfWhatTheySayIsTheAnswerAndTheChampionStandsForIt() {
        host(says(1, .4), says(2, .9), says(3, .6));
        JsonObject answer = probabilities();
        double spam = (2 * .4 + 1 * .9 + 1.5 * .6) / 4.5;
        assertThat(output(answer, "label")).isEqualTo(List.of("spam"));
        assertThat((Double) output(answer, "confidence").get(0)).isEqualTo(spam, within(1e-12));
        assertThat((Double) output(answer, "probabilities").get(0)).isEqualTo(1 - spam, within(1e-12));
        assertThat(answer.getString("model_version")).isEqualTo("1");
        assertThat(routeOf(answer)).isEqualTo("ensemble");
        assertThat(answer.getJsonObject("parameters").getString("voters")).isEqualTo("1,2,3");
        PredictionId id = listener.id(answer);
        assertThat(id.flags()).isEqualTo(PredictionId.ENSEMBLE | PredictionId.SAMPLED);
        assertThat(id.assigned()).isEqualTo(1);
        assertThat(id.answered()).isEqualTo(1);
        assertThat(id.value()).isEqualTo(1);
        assertThat(id.confidence()).isEqualTo((float) spam);
    }

    private JsonObject probabilities() {
        String body = "{\"outputs\":[{\"name\":\"label\"},{\"name\":\"confidence\"},{\"name\":\"probabilities\"}],"
                + textBody("a").substring(1);
        return new JsonObject(listener.post("/v2/models/mail/infer", body).body());
    }

    @Test
    void aHeavyMemberOutvotesTheOthers() {
        listener.route(heavier());
        host(says(1, .4), says(2, .9), says(3, .6));
        assertThat(output(listener.infer("a"), "label")).isEqualTo(List.of("ham"));
    }

    private static RouteTable heavier() {
        RouteTable table = voting(9, 1, 1.5);
        return new RouteTable(
                table.model(), table.modelId(), 6, table.mode(), table.salt(), table.versions(), table.newest());
    }

    @Test
    void whoHasNoVoteIsHeardNotButItsAnswerIsRecorded() {
        listener.route(table(
                "mail",
                6,
                RoutingMode.ENSEMBLE,
                voter(1, Stage.CHAMPION, 1, 1),
                voter(2, Stage.STANDBY, 0, 0),
                voter(3, Stage.SHADOW, 0, 0)));
        host(says(1, .4), says(2, .9), says(3, .9));
        JsonObject answer = listener.infer("a");
        assertThat(output(answer, "label")).isEqualTo(List.of("ham"));
        assertThat(answer.getJsonObject("parameters").getString("voters")).isEqualTo("1");
        assertThat(recorded())
                .containsExactlyInAnyOrder(
                        new ShadowAnswer(1, 0, .6f), new ShadowAnswer(2, 1, .9f), new ShadowAnswer(3, 1, .9f));
    }

    @Test
    void aMemberThatFailsDoesNotVoteAndThatIsRecordedAsWrong() {
        host(says(1, .4), FakeModel.failing("sha2"), says(3, .9));
        JsonObject answer = listener.infer("a");
        assertThat((Double) output(answer, "confidence").get(0)).isEqualTo((2 * .4 + 1.5 * .9) / 3.5, within(1e-12));
        assertThat(answer.getJsonObject("parameters").getString("voters")).isEqualTo("1,3");
        assertThat(recorded()).contains(new ShadowAnswer(2, -1, 0));
        assertThat(listener.meters
                        .get("abgate.version.failures")
                        .tag("version", "2")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aMemberWhoseProbabilitiesAreNoneDoesNotVote() {
        PredictReply odd =
                new PredictReply(FakeModel.LABELS, new int[] {0}, new double[] {.5}, new double[][] {{Double.NaN, .5}});
        host(says(1, .4), new FakeModel("sha2", Models.TEXT, input -> odd), says(3, .9));
        assertThat(listener.infer("a").getJsonObject("parameters").getString("voters"))
                .isEqualTo("1,3");
    }

    @Test
    void theHeaviestStandsForTheVoteOfAChampionThatFailed() {
        host(FakeModel.failing("sha1"), says(2, .9), says(3, .6));
        JsonObject answer = listener.infer("a");
        assertThat(routeOf(answer)).isEqualTo("ensemble");
        assertThat(answer.getString("model_version")).isEqualTo("3");
        PredictionId id = listener.id(answer);
        assertThat(id.assigned()).isEqualTo(1);
        assertThat(id.answered()).isEqualTo(3);
        assertThat(id.has(PredictionId.FALLBACK)).isFalse();
    }

    @Test
    void labelsAreMatchedByTheirText() {
        host(says(1, .4), says(2, .9, "spam", "ham"), says(3, .9, "junk", "spam", "ham"));
        JsonObject answer = probabilities();
        double spam = 2 * .4 + .9 + 1.5 * .9;
        double ham = 2 * .6 + .1 + 1.5 * .05;
        assertThat((Double) output(answer, "confidence").get(0)).isEqualTo(spam / (spam + ham), within(1e-12));
        assertThat(listener.id(answer).value()).isEqualTo(1);
    }

    @Test
    void whereNobodyVotesTheOthersStandInAndTheVoteIsWrong() {
        listener.route(
                table("mail", 6, RoutingMode.ENSEMBLE, voter(1, Stage.CHAMPION, 1, 2), voter(2, Stage.STANDBY, 0, 0)));
        listener.host("mail", 1, FakeModel.failing("sha1")).host("mail", 2, says(2, .9));
        JsonObject answer = listener.infer("a");
        assertThat(routeOf(answer)).isEqualTo("fallback");
        assertThat(answer.getString("model_version")).isEqualTo("2");
        assertThat(listener.id(answer).has(PredictionId.ENSEMBLE)).isTrue();
        assertThat(listener.id(answer).has(PredictionId.FALLBACK)).isTrue();
        assertThat(recorded()).contains(new ShadowAnswer(1, -1, 0), new ShadowAnswer(2, 1, .9f));
    }

    @Test
    void whatAllRefuseIsRefused() {
        host(FakeModel.refusing("sha1"), FakeModel.refusing("sha2"), FakeModel.refusing("sha3"));
        assertThat(listener.post("/v2/models/mail/infer", textBody("a")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void nobodyLeftIsUnavailable() {
        host(FakeModel.failing("sha1"), FakeModel.failing("sha2"), FakeModel.failing("sha3"));
        assertThat(listener.post("/v2/models/mail/infer", textBody("a")).statusCode())
                .isEqualTo(503);
    }

    @Test
    void aPinnedVersionAnswersByItself() {
        host(says(1, .4), says(2, .9), says(3, .6));
        JsonObject answer = new JsonObject(
                listener.post("/v2/models/mail/versions/2/infer", textBody("a")).body());
        assertThat(routeOf(answer)).isEqualTo("pinned");
        assertThat(listener.id(answer).has(PredictionId.ENSEMBLE)).isFalse();
        assertThat(recorded()).isEmpty();
    }

    private List<ShadowAnswer> recorded() {
        await().until(() -> !samples().isEmpty());
        return samples().get(0).shadows();
    }

    private List<Sample> samples() {
        return listener.registry.samples.stream()
                .map(SampleBatch::samples)
                .flatMap(List::stream)
                .toList();
    }
}
