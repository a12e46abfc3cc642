package io.abgate.gateway.feedback;

import static io.abgate.gateway.feedback.FeedbackListener.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.Tables;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.StoreBinding;
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

/** What becomes of labels at the registry, or without one. */
@ExtendWith(VertxExtension.class)
class FeedbackRegistryTest {
    private FeedbackListener feedback;

    @BeforeEach
    void open(Vertx vertx) {
        feedback = new FeedbackListener(vertx);
    }

    @Test
    void theSampleIsSentBeforeItsLabel() {
        JsonObject answer = feedback.data.infer("spam");
        feedback.post(item(answer.getJsonObject("parameters").getString("prediction_id"))
                .put("truth", "spam"));
        assertThat(feedback.data.registry.messages.get(0)).isInstanceOf(SampleBatch.class);
        assertThat(feedback.data.registry.messages.get(1)).isInstanceOf(LabelBatch.class);
    }

    @Test
    void aRegistryOfAnotherStoreIsAsGoodAsNone() {
        feedback.data.registry.closeLabels();
        String refusal = "store: mine (expected: yours, which the registry of this cluster has)";
        feedback.data
                .vertx
                .eventBus()
                .consumer(Addresses.LABELS, message -> message.fail(Failure.CONFLICT.code(), refusal));
        HttpResponse<String> response = feedback.post(item(feedback.token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(response.body()).contains("feedback: not committed", "store: mine");
    }

    @Test
    void labelsSayWhichStoreTheyAreFor() {
        feedback.data.registry.closeLabels();
        List<String> stores = new CopyOnWriteArrayList<>();
        feedback.data.vertx.eventBus().<LabelBatch>consumer(Addresses.LABELS, message -> {
            stores.add(String.valueOf(StoreBinding.isForeign(message.headers(), Tables.STORE)));
            stores.add(String.valueOf(StoreBinding.isForeign(message.headers(), "other")));
            message.reply(new FeedbackResult(1, 0, 0, 0, List.of()));
        });
        feedback.post(item(feedback.token()).put("truth", "ham"));
        assertThat(stores).containsExactly("false", "true");
    }

    @Test
    void aListOfNothingRightIsAnsweredWithoutTheRegistry() {
        feedback.data.registry.closeLabels();
        HttpResponse<String> response = feedback.post(
                new JsonObject().put("feedback", new JsonArray().add(item("x").put("truth", "ham"))));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getJsonArray("rejected")).hasSize(1);
    }

    @Test
    void whatTheRegistryRefusesAloneIsABadRequest() {
        feedback.data.registry.refusal = label -> "truth: eggs (expected: ham or spam)";
        feedback.assertRefused(item(feedback.token()).put("truth", "eggs"), "truth: eggs (expected: ham or spam)");
    }

    @Test
    void withoutARegistryNothingIsTaken() {
        feedback.data.registry.closeLabels();
        HttpResponse<String> response = feedback.post(item(feedback.token()).put("truth", "ham"));
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
        feedback.data.registry.trouble = Optional.of(Failure.UNAVAILABLE.because(words));
        HttpResponse<String> response = feedback.post(item(feedback.token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().allValues("retry-after")).containsExactly("1");
        assertThat(new JsonObject(response.body()).getString("error")).isEqualTo(words);
        feedback.data.registry.trouble = Optional.empty();
        assertThat(feedback.post(item(feedback.token()).put("truth", "ham")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void labelsWhoseAnswerIsLostArePerhapsNotCommitted() {
        feedback.data.registry.trouble = Optional.of(new ReplyException(ReplyFailure.TIMEOUT, "lost"));
        HttpResponse<String> response = feedback.post(item(feedback.token()).put("truth", "ham"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().allValues("retry-after")).containsExactly("1");
        assertThat(new JsonObject(response.body()).getString("error")).startsWith("feedback: perhaps not committed");
    }
}
