package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.TroubledStore;
import io.abgate.registry.store.TroubledStore.Trouble;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of many callers, while the store takes its time. */
final class RegistryGroupCommitTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    @TempDir
    private Path home;

    private final TroubledStore troubles = new TroubledStore();
    private final CountDownLatch latch = new CountDownLatch(1);
    private Town town;
    private Label filler;

    @BeforeEach
    void open() {
        town = new Town(home, QUIET, QUIET);
        town.limits = new Limits(100, 12, 8, Checkpoints.Pace.SHIPPED);
        town.open(troubles::over).withChampion();
        filler = Town.label(town.request(1), true);
    }

    @AfterEach
    void close() {
        latch.countDown();
        town.close();
    }

    /** Holds the store up with one label; everything after it waits. */
    private Future<FeedbackResult> blocked() {
        Label label = Town.label(town.request(1), true);
        troubles.block(latch);
        Future<FeedbackResult> first = send(Town.MAIL, List.of(label));
        await().until(troubles::isBlocked);
        return first;
    }

    private Future<FeedbackResult> send(String model, List<Label> labels) {
        return town.vertx
                .eventBus()
                .<FeedbackResult>request(Addresses.LABELS, new LabelBatch(model, labels))
                .map(Message::body);
    }

    private List<Label> labels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Town.label(town.request(1), i % 3 > 0))
                .toList();
    }

    @Test
    void commitsTogetherWhatWaitedTogether() {
        List<List<Label>> batches =
                IntStream.range(0, 4).mapToObj(i -> labels(2)).toList();
        Future<FeedbackResult> first = blocked();
        List<Future<FeedbackResult>> rest =
                batches.stream().map(batch -> send(Town.MAIL, batch)).toList();
        int commits = commits();
        awaitSent();
        latch.countDown();
        assertThat(Bus.await(first).accepted()).isEqualTo(1);
        rest.forEach(answer -> assertThat(Bus.await(answer).accepted()).isEqualTo(2));
        assertThat(commits() - commits).isEqualTo(2);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    private int commits() {
        return town.store()
                .events(new EventQuery(0, null, null, Town.MAIL, "LABELS", 1_000))
                .size();
    }

    @Test
    void judgesEachAgainstThoseBeforeItInTheGroup() {
        Label right = Town.label(town.request(1), true);
        Label wrong = Town.label(right.id(), false);
        blocked();
        List<Future<FeedbackResult>> answers = List.of(
                send(Town.MAIL, List.of(right)),
                send(Town.MAIL, List.of(right)),
                send("nobody", List.of(right)),
                send(Town.MAIL, List.of(wrong)),
                send(Town.MAIL, List.of(wrong, right)));
        awaitSent();
        latch.countDown();
        assertThat(Bus.await(answers.get(0))).isEqualTo(new FeedbackResult(1, 0, 0, 0, List.of()));
        assertThat(Bus.await(answers.get(1))).isEqualTo(new FeedbackResult(0, 1, 0, 0, List.of()));
        assertThat(failure(answers.get(2))).isEqualTo(Failure.NOT_FOUND);
        assertThat(Bus.await(answers.get(3))).isEqualTo(new FeedbackResult(0, 0, 1, 0, List.of()));
        assertThat(Bus.await(answers.get(4))).isEqualTo(new FeedbackResult(0, 1, 1, 0, List.of()));
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void refusesAtOnceWhatFindsNoRoomAndLosesNothingElse() {
        List<List<Label>> batches =
                IntStream.range(0, 4).mapToObj(i -> labels(4)).toList();
        Future<FeedbackResult> first = blocked();
        List<Future<FeedbackResult>> answers =
                batches.stream().map(batch -> send(Town.MAIL, batch)).toList();
        assertThat(failure(answers.get(3))).isEqualTo(Failure.UNAVAILABLE);
        assertThat(answers.subList(0, 3)).noneMatch(Future::isComplete);
        latch.countDown();
        assertThat(Bus.await(first).accepted()).isEqualTo(1);
        answers.subList(0, 3)
                .forEach(answer -> assertThat(Bus.await(answer).accepted()).isEqualTo(4));
        assertThat(Bus.await(send(Town.MAIL, batches.get(0))).duplicate()).isEqualTo(4);
        assertThat(Bus.await(send(Town.MAIL, batches.get(3))).accepted()).isEqualTo(4);
        assertThat(town.model().getJsonObject("labels").getLong("accepted")).isEqualTo(17);
    }

    @Test
    void tellsEveryCallerOfATransactionThatFailed() {
        List<List<Label>> batches =
                IntStream.range(0, 3).mapToObj(i -> labels(2)).toList();
        Future<FeedbackResult> first = blocked();
        List<Future<FeedbackResult>> answers =
                batches.stream().map(batch -> send(Town.MAIL, batch)).toList();
        awaitSent();
        troubles.next(Trouble.BEFORE_COMMIT);
        latch.countDown();
        assertThat(failure(first)).isEqualTo(Failure.UNAVAILABLE);
        answers.forEach(answer -> assertThat(Bus.await(answer).accepted()).isEqualTo(2));
        troubles.next(Trouble.BEFORE_COMMIT);
        assertThat(failure(send(Town.MAIL, labels(2)))).isEqualTo(Failure.UNAVAILABLE);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void foldsLabelsAndSamplesOfSeveralModelsAsAReplayWill() {
        town.worker.inspecting(Mail.LABELS);
        town.promote(town.register("two"), "shadow");
        List<Label> batch = labels(3);
        List<Sample> samples = batch.stream()
                .map(label -> new Sample(
                        label.id().timeMillis(),
                        label.id().nonce(),
                        "\"text\"",
                        List.of(new SampleBatch.ShadowAnswer(2, 0, .5f))))
                .toList();
        List<Label> strangers = labels(1);
        blocked();
        Future<FeedbackResult> labelled = send(Town.MAIL, batch);
        Future<FeedbackResult> other = send("mail-1", strangers);
        town.vertx.eventBus().send(Addresses.SAMPLES, new SampleBatch(Town.MAIL, samples));
        awaitSent();
        latch.countDown();
        assertThat(Bus.await(labelled).accepted()).isEqualTo(3);
        assertThat(Bus.await(other).rejected()).hasSize(1);
        await().until(() -> town.version(2).getJsonObject("shadow").getInteger("pairs") == 3);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    /** The verticle takes one message after another, so those before one that it refuses have arrived. */
    private void awaitSent() {
        List<Label> tooMany = IntStream.range(0, 13).mapToObj(i -> filler).toList();
        assertThat(failure(send(Town.MAIL, tooMany))).isEqualTo(Failure.UNAVAILABLE);
    }

    private static Failure failure(Future<?> answer) {
        await().until(answer::isComplete);
        return Failure.of(answer.cause());
    }
}
