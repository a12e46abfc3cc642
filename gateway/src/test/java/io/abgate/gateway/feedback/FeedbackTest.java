package io.abgate.gateway.feedback;

import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.gateway.Tables;
import io.abgate.gateway.security.PredictionTokens;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class FeedbackTest {
    private static final PredictionId ID =
            new PredictionId(1, 0, Models.MAIL_ID, 1, 1, 0, 0.5f, 5, 17, 1_700_000_000_000L, 99);

    private DataListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.sampledMail(1_000_000))
                .route(table(5, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.ofText("sha1"));
    }

    @Test
    void aTruthIsTaken() {
        HttpResponse<String> response = post(item(token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"accepted\":1,\"duplicate\":0,\"corrected\":0,\"expired\":0,\"rejected\":[]}");
        assertThat(listener.registry.labels)
                .containsExactly(new LabelBatch("mail", List.of(new Label(0, ID, "ham", null, "app"))));
    }

    @Test
    void aRewardIsTakenInItsPlace() {
        assertThat(post(item(token()).put("reward", 0.7).put("source", "survey").put("unknown", new JsonObject()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(item(token()).put("reward", 1).putNull("truth")).statusCode())
                .isEqualTo(200);
        assertThat(label(0)).isEqualTo(new Label(0, ID, null, 0.7, "survey"));
        assertThat(label(1)).isEqualTo(new Label(0, ID, null, 1.0, "app"));
    }

    @Test
    void moreItemsThanABodyOfGenuineOnesCanHoldAreRefusedAtOnce() {
        HttpResponse<String> response =
                listener.post("/v2/models/mail/feedback", "{\"feedback\":[1" + ",1".repeat(10_000) + "]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("more than 10000 items (expected: at most so many)");
    }

    @Test
    void aTruthMayBeANumber() {
        post(item(token()).put("truth", 7));
        assertThat(label(0).truth()).isEqualTo("7");
    }

    @Test
    void theIdOfAnAnswerIsTaken() {
        JsonObject answer = listener.infer("spam");
        String token = answer.getJsonObject("parameters").getString("prediction_id");
        assertThat(post(item(token).put("truth", "spam")).statusCode()).isEqualTo(200);
        assertThat(label(0).id()).isEqualTo(listener.id(answer));
    }

    @Test
    void theSampleIsSentBeforeItsLabel() {
        JsonObject answer = listener.infer("spam");
        post(item(answer.getJsonObject("parameters").getString("prediction_id")).put("truth", "spam"));
        assertThat(listener.registry.messages.get(0)).isInstanceOf(SampleBatch.class);
        assertThat(listener.registry.messages.get(1)).isInstanceOf(LabelBatch.class);
    }

    @Test
    void anIdThatIsNoneOfOursIsNotFound() {
        String foreign = new PredictionTokens(KeyRing.of(TokenKeys.random())).sign(ID);
        String flipped = "B" + token().substring(1);
        for (String token : List.of(foreign, flipped, "", "nonsense", token() + "," + token())) {
            HttpResponse<String> response = post(item(token).put("truth", "ham"));
            assertThat(response.statusCode()).as(token).isEqualTo(404);
            assertThat(new JsonObject(response.body()).getString("error")).startsWith("prediction_id: ");
        }
        assertThat(listener.registry.labels).isEmpty();
    }

    @Test
    void aRegistryOfAnotherStoreIsAsGoodAsNone() {
        listener.registry.closeLabels();
        String refusal = "store: mine (expected: yours, which the registry of this cluster has)";
        listener.vertx.eventBus().consumer(Addresses.LABELS, message -> message.fail(Failure.CONFLICT.code(), refusal));
        HttpResponse<String> response = post(item(token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(response.body()).contains("feedback: not committed", "store: mine");
    }

    @Test
    void labelsSayWhichStoreTheyAreFor() {
        listener.registry.closeLabels();
        List<String> stores = new CopyOnWriteArrayList<>();
        listener.vertx.eventBus().<LabelBatch>consumer(Addresses.LABELS, message -> {
            stores.add(String.valueOf(StoreBinding.isForeign(message.headers(), Tables.STORE)));
            stores.add(String.valueOf(StoreBinding.isForeign(message.headers(), "other")));
            message.reply(new FeedbackResult(1, 0, 0, 0, List.of()));
        });
        post(item(token()).put("truth", "ham"));
        assertThat(stores).containsExactly("false", "true");
    }

    @Test
    void anIdOfAnotherModelIsNotFound() {
        PredictionId other = new PredictionId(1, 0, Models.MAIL_ID + 1, 1, 1, 0, 0.5f, 5, 17, 1, 1);
        HttpResponse<String> response = post(item(listener.tokens.sign(other)).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("prediction_id: that of another model");
    }

    @Test
    void whatSaysNothingIsABadRequest() {
        assertRefused("{\"truth\":\"ham\"}", "prediction_id: none (expected: that of an answer)");
        assertRefused(item(token()), "feedback: neither truth nor reward (expected: one of them)");
        assertRefused(
                item(token()).put("truth", "ham").put("reward", 1),
                "feedback: truth and reward (expected: one of them)");
        assertRefused(item(token()).put("reward", 1.5), "reward: 1.5 (expected: a number in [0, 1])");
        assertRefused(item(token()).put("reward", "1"), "reward: \"1\" (expected: a number)");
        assertRefused(item(token()).put("truth", new JsonArray()), "truth: an array (expected: a label)");
        assertRefused("{\"prediction_id\":7,\"truth\":\"ham\"}", "prediction_id: 7 (expected: a string)");
        assertRefused("{\"feedback\":[]}", "feedback: an empty list (expected: at least one item)");
        assertRefused("{\"feedback\":7}", "feedback: 7 (expected: an array)");
        assertRefused("[]", "body: an array (expected: a JSON object)");
        assertRefused("{\"prediction_id\":", "body: Unexpected end-of-input");
        assertRefused("", "body: nothing (expected: a JSON object)");
    }

    @Test
    void ofAListEachItemIsJudgedByItself() {
        listener.registry.refusal = label -> "eggs".equals(label.truth()) ? "truth: eggs (expected: ham or spam)" : "";
        JsonArray items = new JsonArray()
                .add(item(token()).put("truth", "ham"))
                .add(item("nonsense").put("truth", "ham"))
                .add(item(token()).put("truth", "eggs"))
                .add(item(token()))
                .add(17)
                .add(item(token()).put("reward", 0));
        HttpResponse<String> response = post(new JsonObject().put("feedback", items));

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
        assertThat(listener.registry.labels.get(0).labels().stream()
                        .map(Label::index)
                        .toList())
                .containsExactly(0, 2, 5);
    }

    @Test
    void aListOfNothingRightIsAnsweredWithoutTheRegistry() {
        listener.registry.closeLabels();
        HttpResponse<String> response = post(
                new JsonObject().put("feedback", new JsonArray().add(item("x").put("truth", "ham"))));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getJsonArray("rejected")).hasSize(1);
    }

    @Test
    void whatTheRegistryRefusesAloneIsABadRequest() {
        listener.registry.refusal = label -> "truth: eggs (expected: ham or spam)";
        assertRefused(item(token()).put("truth", "eggs"), "truth: eggs (expected: ham or spam)");
    }

    @Test
    void withoutARegistryNothingIsTaken() {
        listener.registry.closeLabels();
        HttpResponse<String> response = post(item(token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("1");
        assertThat(new JsonObject(response.body()).getString("error")).startsWith("feedback: perhaps not committed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the registry's write queue is full or closed",
                "the store cannot write: database or disk is full"
            })
    void aRegistryThatCannotTakeLabelsSaysWhy(String words) {
        listener.registry.trouble = Optional.of(Failure.UNAVAILABLE.because(words));
        HttpResponse<String> response = post(item(token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().allValues("retry-after")).containsExactly("1");
        assertThat(new JsonObject(response.body()).getString("error")).isEqualTo(words);
        listener.registry.trouble = Optional.empty();
        assertThat(post(item(token()).put("truth", "ham")).statusCode()).isEqualTo(200);
    }

    @Test
    void labelsWhoseAnswerIsLostArePerhapsNotCommitted() {
        listener.registry.trouble = Optional.of(new ReplyException(ReplyFailure.TIMEOUT, "lost"));
        HttpResponse<String> response = post(item(token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().allValues("retry-after")).containsExactly("1");
        assertThat(new JsonObject(response.body()).getString("error")).startsWith("feedback: perhaps not committed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "nightly job 7 (é, 字)", "😀"})
    void whoLabelledIsKept(String source) {
        assertThat(post(item(token()).put("truth", "ham").put("source", source)).statusCode())
                .isEqualTo(200);
        assertThat(label(0).source()).isEqualTo(source);
    }

    @Test
    void whoLabelledIsANameThatCanBeReadAndTyped() {
        assertThat(post(item(token()).put("truth", "ham").put("source", "x".repeat(64)))
                        .statusCode())
                .isEqualTo(200);
        String expected = " (expected: 1 to 64 printable characters)";
        for (String source : List.of("", " ", "a\nb", "\u0000", "\u200b", "a\u2028", "y".repeat(65))) {
            assertRefused(item(token()).put("truth", "ham").put("source", source), "source: \"");
        }
        assertRefused(item(token()).put("truth", "ham").put("source", ""), "source: \"\"" + expected);
        assertRefused(item(token()).put("truth", "ham").put("source", 7), "source: 7" + expected);
        assertRefused(
                item(token()).put("truth", "ham").put("source", new JsonArray().add("app")),
                "source: an array" + expected);
        JsonArray items = new JsonArray()
                .add(item(token()).put("truth", "ham").put("source", ""))
                .add(item(token()).put("truth", "ham").putNull("source"));
        JsonObject result =
                new JsonObject(post(new JsonObject().put("feedback", items)).body());
        assertThat(result.getInteger("accepted")).isEqualTo(1);
        assertThat(result.getJsonArray("rejected").getJsonObject(0).getString("reason"))
                .isEqualTo("source: \"\"" + expected);
        assertThat(label(1).source()).isEqualTo("app");
    }

    private String token() {
        return listener.tokens.sign(ID);
    }

    private Label label(int batch) {
        return listener.registry.labels.get(batch).labels().get(0);
    }

    private static JsonObject item(String token) {
        return new JsonObject().put("prediction_id", token);
    }

    private HttpResponse<String> post(JsonObject body) {
        return listener.post("/v2/models/mail/feedback", body.encode());
    }

    private void assertRefused(JsonObject body, String message) {
        assertRefused(body.encode(), message);
    }

    private void assertRefused(String body, String message) {
        HttpResponse<String> response = listener.post("/v2/models/mail/feedback", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(new JsonObject(response.body()).getString("error")).startsWith(message);
    }
}
