package io.abgate.gateway.feedback;

import static io.abgate.gateway.feedback.FeedbackListener.ID;
import static io.abgate.gateway.feedback.FeedbackListener.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.Models;
import io.abgate.gateway.security.PredictionTokens;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application may say of its answers, and what it is told. */
@ExtendWith(VertxExtension.class)
class FeedbackTest {
    private FeedbackListener feedback;

    @BeforeEach
    void open(Vertx vertx) {
        feedback = new FeedbackListener(vertx);
    }

    @Test
    void aTruthIsTaken() {
        HttpResponse<String> response = feedback.post(item(feedback.token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"accepted\":1,\"duplicate\":0,\"corrected\":0,\"expired\":0,\"rejected\":[]}");
        assertThat(feedback.data.registry.labels)
                .containsExactly(new LabelBatch("mail", List.of(new Label(0, ID, "ham", null, "app"))));
    }

    @Test
    void aRewardIsTakenInItsPlace() {
        assertThat(feedback.post(item(feedback.token())
                                .put("reward", 0.7)
                                .put("source", "survey")
                                .put("unknown", new JsonObject()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(feedback.post(item(feedback.token()).put("reward", 1).putNull("truth"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(feedback.label(0)).isEqualTo(new Label(0, ID, null, 0.7, "survey"));
        assertThat(feedback.label(1)).isEqualTo(new Label(0, ID, null, 1.0, "app"));
    }

    @Test
    void moreItemsThanABodyOfGenuineOnesCanHoldAreRefusedAtOnce() {
        HttpResponse<String> response =
                feedback.data.post("/v2/models/mail/feedback", "{\"feedback\":[1" + ",1".repeat(10_000) + "]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("more than 10000 items (expected: at most so many)");
    }

    @Test
    void aTruthMayBeANumber() {
        feedback.post(item(feedback.token()).put("truth", 7));
        assertThat(feedback.label(0).truth()).isEqualTo("7");
    }

    @Test
    void theIdOfAnAnswerIsTaken() {
        JsonObject answer = feedback.data.infer("spam");
        String token = answer.getJsonObject("parameters").getString("prediction_id");
        assertThat(feedback.post(item(token).put("truth", "spam")).statusCode()).isEqualTo(200);
        assertThat(feedback.label(0).id()).isEqualTo(feedback.data.id(answer));
    }

    @Test
    void anIdThatIsNoneOfOursIsNotFound() {
        String foreign = new PredictionTokens(KeyRing.of(TokenKeys.random())).sign(ID);
        String flipped = "B" + feedback.token().substring(1);
        for (String token : List.of(foreign, flipped)) {
            assertRefused(token, 404);
        }
    }

    @Test
    void whatIsNoIdAtAllIsABadRequest() {
        String token = feedback.token();
        for (String malformed : List.of(
                "", "nonsense", token + "," + token, token + "A", token.substring(1), "." + token.substring(1))) {
            assertRefused(malformed, 400);
        }
    }

    private void assertRefused(String token, int status) {
        HttpResponse<String> response = feedback.post(item(token).put("truth", "ham"));
        assertThat(response.statusCode()).as(token).isEqualTo(status);
        assertThat(new JsonObject(response.body()).getString("error")).startsWith("prediction_id: ");
        assertThat(feedback.data.registry.labels).isEmpty();
    }

    @Test
    void anIdOfAnotherModelIsNotFound() {
        PredictionId other = new PredictionId(1, 0, Models.MAIL_ID + 1, 1, 1, 0, 0.5f, 5, 17, 1, 1);
        HttpResponse<String> response =
                feedback.post(item(feedback.data.tokens.sign(other)).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("prediction_id: that of another model");
    }

    @Test
    void whatSaysNothingIsABadRequest() {
        feedback.assertRefused("{\"truth\":\"ham\"}", "prediction_id: none (expected: that of an answer)");
        feedback.assertRefused(item(feedback.token()), "feedback: neither truth nor reward (expected: one of them)");
        feedback.assertRefused(
                item(feedback.token()).put("truth", "ham").put("reward", 1),
                "feedback: truth and reward (expected: one of them)");
        feedback.assertRefused(item(feedback.token()).put("reward", 1.5), "reward: 1.5 (expected: a number in [0, 1])");
        feedback.assertRefused(item(feedback.token()).put("reward", "1"), "reward: \"1\" (expected: a number)");
        feedback.assertRefused(
                item(feedback.token()).put("truth", new JsonArray()), "truth: an array (expected: a label)");
        feedback.assertRefused("{\"prediction_id\":7,\"truth\":\"ham\"}", "prediction_id: 7 (expected: a string)");
        feedback.assertRefused("{\"feedback\":[]}", "feedback: an empty list (expected: at least one item)");
        feedback.assertRefused("{\"feedback\":7}", "feedback: 7 (expected: an array)");
        feedback.assertRefused("[]", "body: an array (expected: a JSON object)");
        feedback.assertRefused("{\"prediction_id\":", "body: Unexpected end-of-input");
        feedback.assertRefused("", "body: nothing (expected: a JSON object)");
    }

    @Test
    void ofAListEachItemIsJudgedByItself() {
        feedback.data.registry.refusal =
                label -> "eggs".equals(label.truth()) ? "truth: eggs (expected: ham or spam)" : "";
        JsonArray items = new JsonArray()
                .add(item(feedback.token()).put("truth", "ham"))
                .add(item("nonsense").put("truth", "ham"))
                .add(item(feedback.token()).put("truth", "eggs"))
                .add(item(feedback.token()))
                .add(17)
                .add(item(feedback.token()).put("reward", 0));
        HttpResponse<String> response = feedback.post(new JsonObject().put("feedback", items));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject result = new JsonObject(response.body());
        assertThat(result.getInteger("accepted")).isEqualTo(2);
        assertThat(result.getJsonArray("rejected").stream()
                        .map(JsonObject.class::cast)
                        .map(one -> one.getInteger("index") + " " + one.getString("reason"))
                        .toList())
                .containsExactly(
                        "1 prediction_id: not 88 URL-safe base64 characters",
                        "2 truth: eggs (expected: ham or spam)",
                        "3 feedback: neither truth nor reward (expected: one of them)",
                        "4 feedback: 17 (expected: a JSON object)");
        assertThat(feedback.data.registry.labels.get(0).labels().stream()
                        .map(Label::index)
                        .toList())
                .containsExactly(0, 2, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "nightly job 7 (é, 字)", "😀"})
    void whoLabelledIsKept(String source) {
        assertThat(feedback.post(item(feedback.token()).put("truth", "ham").put("source", source))
                        .statusCode())
                .isEqualTo(200);
        assertThat(feedback.label(0).source()).isEqualTo(source);
    }

    @Test
    void whoLabelledIsANameThatCanBeReadAndTyped() {
        assertThat(feedback.post(item(feedback.token()).put("truth", "ham").put("source", "x".repeat(64)))
                        .statusCode())
                .isEqualTo(200);
        String expected = " (expected: 1 to 64 printable characters)";
        for (String source : List.of("", " ", "a\nb", "\u0000", "\u200b", "a\u2028", "y".repeat(65))) {
            feedback.assertRefused(item(feedback.token()).put("truth", "ham").put("source", source), "source: \"");
        }
        feedback.assertRefused(item(feedback.token()).put("truth", "ham").put("source", ""), "source: \"\"" + expected);
        feedback.assertRefused(item(feedback.token()).put("truth", "ham").put("source", 7), "source: 7" + expected);
        feedback.assertRefused(
                item(feedback.token()).put("truth", "ham").put("source", new JsonArray().add("app")),
                "source: an array" + expected);
        JsonArray items = new JsonArray()
                .add(item(feedback.token()).put("truth", "ham").put("source", ""))
                .add(item(feedback.token()).put("truth", "ham").putNull("source"));
        JsonObject result = new JsonObject(
                feedback.post(new JsonObject().put("feedback", items)).body());
        assertThat(result.getInteger("accepted")).isEqualTo(1);
        assertThat(result.getJsonArray("rejected").getJsonObject(0).getString("reason"))
                .isEqualTo("source: \"\"" + expected);
        assertThat(feedback.label(1).source()).isEqualTo("app");
    }
}
