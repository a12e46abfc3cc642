package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.routeOf;
import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.model.HostedModels;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class SamplingTest {
    private static final int PLENTY = 1_000_000;

    @Test
    void theRegistryGetsInputsAndWhatTheShadowSaid(Vertx vertx) {
        DataListener listener = open(vertx, PLENTY).host("mail", 2, FakeModel.always("sha2", 1));
        JsonObject answer = listener.infer("good \"day\"", "spam");
        assertThat(answer.getString("model_version")).isEqualTo("1");

        List<PredictionId> ids = ids(listener, answer);
        List<ShadowAnswer> shadow = List.of(new ShadowAnswer(2, 1, 0.9f));
        await().until(() -> samples(listener).size() == 2);
        assertThat(samples(listener))
                .containsExactly(
                        new Sample(ids.get(0).timeMillis(), ids.get(0).nonce(), "\"good \\\"day\\\"\"", shadow),
                        new Sample(ids.get(1).timeMillis(), ids.get(1).nonce(), "\"spam\"", shadow));
        assertThat(ids).allMatch(id -> id.flags() == PredictionId.SAMPLED);
    }

    @Test
    void onlyRowsWithinTheBudgetAreSampledAndSaySo(Vertx vertx) {
        DataListener listener = open(vertx, 2).host("mail", 2, FakeModel.ofText("sha2"));
        List<PredictionId> ids = ids(listener, listener.infer("a", "b", "c", "d", "e"));

        assertThat(ids.stream().map(id -> id.has(PredictionId.SAMPLED)).toList())
                .isEqualTo(List.of(true, true, false, false, false));
        await().until(() -> samples(listener).size() == 2);
        assertThat(samples(listener).stream().map(Sample::input).toList()).containsExactly("\"a\"", "\"b\"");
        assertThat(samples(listener)).allMatch(sample -> sample.shadows().size() == 1);
        assertThat(listener.meters.get("abgate.samples.dropped").counter().count())
                .isEqualTo(3);
    }

    @Test
    void theBudgetComesBackEachSecond() {
        SampleBudget budget = new SampleBudget(5);
        assertThat(budget.take(3, 10_000)).isEqualTo(3);
        assertThat(budget.take(3, 10_999)).isEqualTo(2);
        assertThat(budget.take(1, 10_999)).isZero();
        assertThat(budget.take(9, 11_000)).isEqualTo(5);
        assertThat(new SampleBudget(0).take(1, 0)).isZero();
    }

    @Test
    void aShadowThatFailsIsCountedAndHurtsNobody(Vertx vertx) {
        DataListener listener = open(vertx, PLENTY).host("mail", 2, FakeModel.failing("sha2"));
        assertThat(routeOf(listener.infer("a"))).isEqualTo("champion");
        await().until(() -> samples(listener).size() == 1);
        assertThat(samples(listener).get(0).shadows())
                .as("a failure is a wrong answer")
                .containsExactly(new SampleBatch.ShadowAnswer(2, -1, 0));
        assertThat(listener.meters
                        .get("abgate.shadow.failures")
                        .tag("version", "2")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theAnswerDoesNotWaitForAShadow(Vertx vertx) {
        DataListener listener = open(vertx, PLENTY);
        listener.hosted.add("mail", 2, new HostedModels.Entry(FakeModel.ofText("sha2"), Long.MAX_VALUE));
        vertx.eventBus().consumer(Addresses.replica("mail", 2, "sha2", DataListener.NODE), silent -> {});
        assertThat(routeOf(listener.infer("a"))).isEqualTo("champion");
        assertThat(samples(listener)).isEmpty();
        await().until(() -> samples(listener).size() == 1);
        assertThat(samples(listener).get(0).shadows()).containsExactly(new SampleBatch.ShadowAnswer(2, -1, 0));
    }

    @Test
    void aShadowThatIsBusyIsNotComparedOnThatRequest(Vertx vertx) {
        DataListener listener = open(vertx, PLENTY);
        listener.hosted.add("mail", 2, new HostedModels.Entry(FakeModel.ofText("sha2"), Long.MAX_VALUE));
        vertx.eventBus()
                .consumer(
                        Addresses.replica("mail", 2, "sha2", DataListener.NODE),
                        copy -> copy.fail(Failure.BUSY.code(), "too many requests wait"));
        assertThat(routeOf(listener.infer("a"))).isEqualTo("champion");
        await().until(() -> samples(listener).size() == 1);
        assertThat(samples(listener).get(0).shadows()).isEmpty();
    }

    @Test
    void aShadowThatIsStillBeingLoadedIsNotBlamed(Vertx vertx) {
        DataListener listener = open(vertx, PLENTY);
        assertThat(routeOf(listener.infer("a"))).isEqualTo("champion");
        await().until(() -> samples(listener).size() == 1);
        assertThat(samples(listener).get(0).shadows()).isEmpty();
    }

    @Test
    void pinnedRequestsGoToNoShadow(Vertx vertx) {
        DataListener listener = open(vertx, PLENTY).host("mail", 2, FakeModel.ofText("sha2"));
        listener.post("/v2/models/mail/versions/1/infer", textBody("a"));
        await().until(() -> samples(listener).size() == 1);
        assertThat(samples(listener).get(0).shadows()).isEmpty();
    }

    /** One of champion 1, canary 2, standby 3 and shadow 4 gets all requests; the others are asked for copies. */
    @ParameterizedTest
    @CsvSource({"CHAMPION, true, 3 4", "CANARY, true, 1 4", "STANDBY, true, 4", "CHAMPION, false, 4"})
    void theControlOfTheOneThatIsAssignedAnswersACopyWhereEvidencePromotes(
            Stage live, boolean byEvidence, String copied, Vertx vertx) {
        List<Stage> stages = List.of(Stage.CHAMPION, Stage.CANARY, Stage.STANDBY, Stage.SHADOW);
        DataListener listener = new DataListener(
                        vertx, byEvidence ? Models.pairedMail(PLENTY) : Models.sampledMail(PLENTY))
                .route(table(
                        5,
                        IntStream.range(0, 4)
                                .mapToObj(i -> version(i + 1, stages.get(i), stages.get(i) == live ? 1 : 0))
                                .toArray(RoutedVersion[]::new)));
        for (int version = 1; version <= 4; version++) {
            listener.host("mail", version, FakeModel.ofText("sha" + version));
        }
        listener.infer("a");
        await().until(() -> samples(listener).size() == 1);
        assertThat(samples(listener).get(0).shadows().stream()
                        .map(answer -> Integer.toString(answer.version()))
                        .sorted())
                .containsExactly(copied.split(" ", -1));
    }

    @Test
    void copiesThatFailKeepNoRequestAway(Vertx vertx) {
        DataListener listener = new DataListener(vertx, Models.pairedMail(PLENTY))
                .route(table(5, version(1, Stage.CHAMPION, 1), version(2, Stage.STANDBY, 0)))
                .host("mail", 1, FakeModel.ofText("sha1"));
        listener.hosted.add("mail", 2, new HostedModels.Entry(FakeModel.ofText("sha2"), Long.MAX_VALUE));
        AtomicBoolean broken = new AtomicBoolean(true);
        vertx.eventBus().consumer(Addresses.replica("mail", 2, "sha2", DataListener.NODE), asked -> {
            if (broken.get()) {
                asked.fail(Failure.INTERNAL.code(), "a bug");
            } else {
                asked.reply(FakeModel.reply(1));
            }
        });
        for (int i = 0; i < 2 * Breaker.FAILURES; i++) {
            listener.infer("a");
        }
        await().until(() -> samples(listener).size() == 2 * Breaker.FAILURES);
        broken.set(false);
        listener.route(table(6, version(1, Stage.CHAMPION, 0), version(2, Stage.STANDBY, 1)));
        assertThat(routeOf(listener.infer("a"))).isEqualTo("control");
    }

    @Test
    void manyRowsLeaveInBatches(Vertx vertx) {
        DataListener listener = open(vertx, PLENTY).host("mail", 2, FakeModel.ofText("sha2"));
        listener.infer(Collections.nCopies(150, "a").toArray(String[]::new));
        await().until(() -> samples(listener).size() == 150);
        assertThat(listener.registry.samples.stream()
                        .map(batch -> batch.samples().size())
                        .toList())
                .containsExactly(64, 64, 22);
        assertThat(listener.registry.samples).allMatch(batch -> batch.model().equals("mail"));
    }

    @Test
    void whatWaitsIsSentWhenTheListenerCloses(Vertx vertx) {
        DataListener listener = open(vertx, PLENTY).host("mail", 2, FakeModel.ofText("sha2"));
        listener.infer("a");
        listener.close();
        await().until(() -> samples(listener).size() == 1);
    }

    private static DataListener open(Vertx vertx, int samplesPerSecond) {
        return new DataListener(vertx, Models.sampledMail(samplesPerSecond))
                .route(table(5, version(1, Stage.CHAMPION, 1), version(2, Stage.SHADOW, 0)))
                .host("mail", 1, FakeModel.ofText("sha1"));
    }

    private static List<Sample> samples(DataListener listener) {
        return listener.registry.samples.stream()
                .map(SampleBatch::samples)
                .flatMap(List::stream)
                .toList();
    }

    private static List<PredictionId> ids(DataListener listener, JsonObject answer) {
        String joined = answer.getJsonObject("parameters").getString("prediction_id");
        return Arrays.stream(joined.split(",", -1))
                .map(token -> listener.tokens.verify(token).id().orElseThrow())
                .toList();
    }
}
