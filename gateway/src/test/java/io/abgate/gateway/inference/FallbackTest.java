package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.output;
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
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.contract.PredictRequest;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class FallbackTest {
    private static final RoutedVersion CHAMPION = version(1, Stage.CHAMPION, 0);
    private static final RoutedVersion CANARY = version(2, Stage.CANARY, 1);
    private static final RoutedVersion STANDBY = version(3, Stage.STANDBY, 0);

    private DataListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.mail())
                .route(table(5, CHAMPION, CANARY, STANDBY))
                .host("mail", 1, FakeModel.always("sha1", 1))
                .host("mail", 3, FakeModel.always("sha3", 0));
    }

    @Test
    void theChampionAnswersWhenTheCanaryFails() {
        listener.host("mail", 2, FakeModel.failing("sha2"));
        assertFellBackTo(1, listener.infer("a"));
        assertThat(count("abgate.fallbacks", "2")).isEqualTo(1);
        assertThat(count("abgate.version.failures", "2")).isEqualTo(1);
    }

    @Test
    void theChampionAnswersWhenTheCanaryIsNowhere() {
        assertFellBackTo(1, listener.infer("a"));
    }

    @Test
    void theChampionAnswersWhenTheCanaryHasOtherBytes() {
        listener.host("mail", 2, FakeModel.ofText("other"));
        assertFellBackTo(1, listener.infer("a"));
    }

    @Test
    void theChampionAnswersWhenTheCanarySaysNothingSound() {
        listener.host("mail", 2, new FakeModel("sha2", Models.TEXT, input -> FakeModel.reply()));
        assertFellBackTo(1, listener.infer("a"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -Double.MIN_VALUE, 1.0000000000000002, 97})
    void theChampionAnswersWhenTheConfidenceOfTheCanaryIsNoProbability(double confidence) {
        hostConfident(confidence);
        assertFellBackTo(1, listener.infer("a"));
        assertThat(count("abgate.version.failures", "2")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, Double.MIN_VALUE, 1})
    void anyProbabilityIsAConfidence(double confidence) {
        hostConfident(confidence);
        JsonObject answer = listener.infer("a");
        assertThat(routeOf(answer)).isEqualTo("canary");
        assertThat(listener.id(answer).confidence()).isEqualTo((float) confidence);
    }

    private void hostConfident(double confidence) {
        PredictReply reply = FakeModel.reply(1);
        PredictReply odd =
                new PredictReply(reply.labels(), reply.label(), new double[] {confidence}, reply.probabilities());
        listener.host("mail", 2, new FakeModel("sha2", Models.TEXT, input -> odd));
    }

    @Test
    void theStandbyAnswersWhenTheChampionItselfFails() {
        listener.route(table(6, version(1, Stage.CHAMPION, 1), STANDBY)).host("mail", 1, FakeModel.failing("sha1"));
        JsonObject answer = listener.infer("a");
        assertThat(answer.getString("model_version")).isEqualTo("3");
        assertThat(listener.id(answer).assigned()).isEqualTo(1);
        assertThat(listener.id(answer).has(PredictionId.FALLBACK)).isTrue();
    }

    @Test
    void nobodyLeftIsUnavailable() {
        listener.host("mail", 1, FakeModel.failing("sha1")).host("mail", 3, FakeModel.failing("sha3"));
        HttpResponse<String> response = listener.post("/v2/models/mail/infer", textBody("a"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("1");
        assertThat(new JsonObject(response.body()).getString("error"))
                .isEqualTo("model: mail (expected: a version that answers; try again shortly)");
    }

    @Test
    void aVersionTooSlowForTheEventLoopAnswersOverTheBus() {
        hostSlowly(2, message -> message.reply(FakeModel.reply(1)));
        JsonObject answer = listener.infer("a");
        assertThat(routeOf(answer)).isEqualTo("canary");
        assertThat(output(answer, "label")).isEqualTo(List.of("spam"));
    }

    @Test
    void theChampionAnswersWhenTheDeadlineIsPast() {
        hostSlowly(2, message -> {});
        long startNanos = System.nanoTime();
        assertFellBackTo(1, listener.infer("a"));
        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        assertThat(millis).isBetween((long) Models.DEADLINE_MILLIS - 1, Models.DEADLINE_MILLIS + 2_000L);
    }

    @Test
    void anotherReplicaIsAskedOnceWhenTheFirstFails() {
        hostSlowly(2, message -> message.fail(500, "a bug"));
        AtomicInteger asked = hostElsewhere("there", message -> message.reply(FakeModel.reply(1)));
        JsonObject answer = listener.infer("a");
        assertThat(routeOf(answer)).isEqualTo("canary");
        assertThat(asked).hasValue(1);
        assertThat(count("abgate.version.failures", "2")).isZero();
    }

    @Test
    void anotherReplicaIsAskedInTimeWhenTheFirstHangs() {
        hostSlowly(2, message -> {});
        AtomicInteger asked = hostElsewhere("there", message -> message.reply(FakeModel.reply(1)));
        assertThat(routeOf(listener.infer("a"))).isEqualTo("canary");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aSlowReplicaIsStillHeardWhenTheOtherHangs() {
        hostSlowly(
                2,
                message -> listener.vertx.setTimer(
                        Models.DEADLINE_MILLIS * 2L / 3, due -> message.reply(FakeModel.reply(1))));
        AtomicInteger asked = hostElsewhere("there", message -> {});
        assertThat(routeOf(listener.infer("a"))).isEqualTo("canary");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aVersionHostedElsewhereOnlyAnswersFromThere() {
        AtomicInteger asked = hostElsewhere("there", message -> message.reply(FakeModel.reply(1)));
        assertThat(routeOf(listener.infer("a"))).isEqualTo("canary");
        assertThat(asked).hasValue(1);
    }

    @Test
    void inputThatAReplicaRefusesIsABadRequestAndNotTriedAgain() {
        hostSlowly(2, message -> message.fail(400, "text: odd (expected: even)"));
        AtomicInteger asked = hostElsewhere("there", message -> message.reply(FakeModel.reply(1)));
        HttpResponse<String> response = listener.post("/v2/models/mail/infer", textBody("a"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("error")).isEqualTo("text: odd (expected: even)");
        assertThat(asked).hasValue(0);
    }

    @Test
    void aReplicaThatKeepsFailingIsLeftAlone() {
        AtomicInteger asked = new AtomicInteger();
        hostSlowly(2, message -> {
            asked.incrementAndGet();
            message.fail(Failure.INTERNAL.status(), "a bug");
        });
        for (int i = 0; i < 20; i++) {
            assertFellBackTo(1, listener.infer("a"));
        }
        assertThat(asked.get()).isBetween(Breaker.FAILURES, Breaker.FAILURES + 2);
    }

    @Test
    void aReplicaThatIsBusyIsNotBroken() {
        AtomicInteger asked = new AtomicInteger();
        hostSlowly(2, message -> {
            asked.incrementAndGet();
            message.fail(Failure.BUSY.code(), "too many requests wait");
        });
        for (int i = 0; i < 20; i++) {
            assertFellBackTo(1, listener.infer("a"));
        }
        assertThat(asked).hasValue(20);
        assertThat(count("abgate.version.failures", "2")).isEqualTo(20);
        assertThat(errors(2)).isZero();
    }

    private long errors(int number) {
        return listener.health.report(DataListener.NODE, List.of("mail")).await().models().stream()
                .flatMap(model -> model.versions().stream())
                .filter(version -> version.version() == number)
                .map(version -> version.traffic().getOrDefault(Traffic.USERS, Health.NONE))
                .mapToLong(health -> health.lifetime().attempts().errors())
                .sum();
    }

    /** Hosts a version here that may not block an event loop. */
    private void hostSlowly(int number, Consumer<Message<PredictRequest>> replica) {
        listener.hosted.add(
                "mail", number, new HostedModels.Entry(FakeModel.failing("sha" + number), Runtimes.INLINE_NANOS + 1));
        String address = Addresses.replica("mail", number, "sha" + number, DataListener.NODE);
        listener.vertx.eventBus().<PredictRequest>consumer(address, replica::accept);
    }

    /** Hosts the canary on another node; counts how often that is asked. */
    private AtomicInteger hostElsewhere(String node, Consumer<Message<PredictRequest>> replica) {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean found = new AtomicBoolean();
        listener.listen()
                .vertx
                .eventBus()
                .<PredictRequest>consumer(Addresses.replica("mail", 2, "sha2", node), message -> {
                    if (found.compareAndSet(false, true)) {
                        message.reply(FakeModel.reply(1)); // the gateway tries the way before it sends users
                    } else {
                        asked.incrementAndGet();
                        replica.accept(message);
                    }
                });
        NodeReport.Hosted hosted = new NodeReport.Hosted("mail", 2, "sha2");
        listener.vertx.eventBus().publish(Addresses.NODES, new NodeReport(node, 1, List.of(hosted), false, List.of()));
        await().until(() -> listener.routes.nodes("mail", CANARY).contains(node));
        return asked;
    }

    private void assertFellBackTo(int number, JsonObject answer) {
        assertThat(routeOf(answer)).isEqualTo("fallback");
        assertThat(answer.getString("model_version")).isEqualTo(Integer.toString(number));
        PredictionId id = listener.id(answer);
        assertThat(id.flags()).isEqualTo(PredictionId.FALLBACK);
        assertThat(id.assigned()).isEqualTo(2);
        assertThat(id.answered()).isEqualTo(number);
        assertThat(id.value()).isEqualTo(1);
    }

    private double count(String meter, String version) {
        return listener.meters.find(meter).tag("version", version).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
