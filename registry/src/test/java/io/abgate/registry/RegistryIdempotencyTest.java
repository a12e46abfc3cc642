package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.TroubledStore;
import io.abgate.registry.store.TroubledStore.Trouble;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operation with a key is done at most once, however often it is asked. */
final class RegistryIdempotencyTest {
    @TempDir
    private Path home;

    private final TroubledStore troubles = new TroubledStore();
    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0))
                .open(troubles::over)
                .withChampion();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROMOTE | {\"version\":2,\"to\":\"canary\",\"share\":0.2} | CANARIED | 200",
                "PROMOTE | {\"version\":2,\"to\":\"champion\",\"force\":true} | PROMOTED | 200",
                "PAUSE   | {} | PAUSED | 200",
                "RESUME  | {} | RESUMED | 200",
                "ROUTING | {\"mode\":\"adaptive\"} | ROUTING_SET | 200",
                "RETRAIN | {} | JOB_QUEUED | 202",
                "OVERRIDE | {\"id\":\"o\",\"node\":\"n\",\"version\":1,\"from\":\"2026-03-04T05:00:00Z\",\"until\":\"2026-03-04T06:00:00Z\"} | OVERRIDDEN | 200"
            })
    void isDoneOnceUnderOneKey(Kind kind, String body, String type, int status) {
        town.worker.inspecting(Mail.LABELS);
        town.register("two");
        isDoneOnce(kind, body, type, status);
    }

    @Test
    void rollsBackOnceUnderOneKey() {
        town.worker.inspecting(Mail.LABELS);
        town.force(town.register("two"), "champion");
        town.warmUp();
        isDoneOnce(Kind.ROLLBACK, "{}", "ROLLED_BACK", 200);
    }

    @Test
    void abortsOnceUnderOneKey() {
        town.worker.inspecting(Mail.LABELS);
        town.promote(town.register("two"), "shadow");
        isDoneOnce(Kind.ABORT, "{}", "ABORTED", 200);
    }

    private void isDoneOnce(Kind kind, String body, String type, int status) {
        Operation operation = Bus.keyed(Bus.operation(kind, Town.MAIL, 0, body, null), "key-1");
        int before = events(type);
        Answer first = town.bus.ask(operation);
        assertThat(first.status()).isEqualTo(status);
        Answer again = town.bus.ask(operation);
        assertThat(again.status()).isEqualTo(status);
        assertThat(new JsonObject(again.body()).getValue(status == 202 ? "id" : "model"))
                .isEqualTo(new JsonObject(first.body()).getValue(status == 202 ? "id" : "model"));
        town.stop();
        town.open();
        assertThat(town.bus.ask(operation).status()).as("after a restart").isEqualTo(status);
        assertThat(events(type) - before).isEqualTo(1);
    }

    private int events(String type) {
        return town.store()
                .events(new EventQuery(0, null, null, Town.MAIL, type, 1_000))
                .size();
    }

    @Test
    void registersOnceAndAnswersAsItDidTheFirstTime() {
        town.worker.inspecting(Mail.LABELS);
        Operation operation = Bus.keyed(Bus.registration(Town.MAIL, "two", "{}"), "key-1");
        Answer first = town.bus.ask(operation);
        assertThat(first).isEqualTo(new Answer(201, "{\"version\":2}"));
        assertThat(town.bus.ask(operation)).isEqualTo(first);
        Operation other = Bus.keyed(Bus.registration(Town.MAIL, "two", "{}"), "key-2");
        assertThat(town.bus.ask(other)).isEqualTo(new Answer(200, "{\"version\":2}"));
        town.restart();
        assertThat(town.bus.ask(operation)).isEqualTo(first);
        assertThat(town.bus.ask(other)).isEqualTo(new Answer(200, "{\"version\":2}"));
        assertThat(events("VERSION_REGISTERED")).isEqualTo(2);
    }

    @Test
    void refusesAKeyThatCameWithAnotherRequest() {
        town.bus.ask(keyed(Kind.PAUSE, "{}"));
        for (Operation other : List.of(keyed(Kind.RESUME, "{}"), keyed(Kind.PAUSE, "{\"all\":true}"))) {
            ReplyException refusal = town.bus.refused(other);
            assertThat(Failure.of(refusal)).isEqualTo(Failure.KEY_REUSED);
            assertThat(refusal).hasMessageStartingWith("Idempotency-Key: came before with another request (expected:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "tab\t"})
    void refusesWhatCannotBeAKey(String key) {
        Operation operation = Bus.keyed(Bus.operation(Kind.PAUSE, Town.MAIL, 0, "{}", null), key);
        assertThat(Failure.of(town.bus.refused(operation))).isEqualTo(Failure.INVALID);
    }

    @Test
    void takesAKeyOfUpTo255Characters() {
        Operation operation = Bus.operation(Kind.PAUSE, Town.MAIL, 0, "{}", null);
        assertThat(Failure.of(town.bus.refused(Bus.keyed(operation, "k".repeat(256)))))
                .isEqualTo(Failure.INVALID);
        assertThat(town.bus.ask(Bus.keyed(operation, "k".repeat(255))).status()).isEqualTo(200);
    }

    @Test
    void keepsNothingOfWhatItRefused() {
        Operation operation = keyed(Kind.PROMOTE, "{\"version\":2,\"to\":\"shadow\"}");
        assertThat(Failure.of(town.bus.refused(operation))).isEqualTo(Failure.NOT_FOUND);
        town.worker.inspecting(Mail.LABELS);
        town.register("two");
        assertThat(town.bus.ask(operation).status()).isEqualTo(200);
    }

    @Test
    void keepsNeitherChangeNorAnswerOfAWriteThatFailed() {
        Operation operation = keyed(Kind.PAUSE, "{}");
        troubles.next(Trouble.BEFORE_COMMIT);
        assertThat(Failure.of(town.bus.refused(operation))).isEqualTo(Failure.UNAVAILABLE);
        assertThat(town.store().answered("key-1")).isEmpty();
        assertThat(town.model().getBoolean("paused")).isFalse();
        town.bus.ask(operation);
        assertThat(events("PAUSED")).isEqualTo(1);
    }

    @Test
    void knowsAnOperationThatWasCommittedAlthoughNobodyHeardOfIt() {
        Operation operation = keyed(Kind.RETRAIN, "{}");
        troubles.next(Trouble.AFTER_COMMIT);
        assertThat(Failure.of(town.bus.refused(operation))).isEqualTo(Failure.UNAVAILABLE);
        Answer again = town.bus.ask(operation);
        assertThat(again.status()).isEqualTo(202);
        assertThat(new JsonObject(again.body()).getLong("id")).isEqualTo(2);
        assertThat(events("JOB_QUEUED")).isEqualTo(2);
    }

    @Test
    void saysThatARegistrationIsNotDoneYet() {
        List<Message<Artifact>> looking = new ArrayList<>();
        MessageConsumer<Artifact> inspector = town.vertx.eventBus().consumer(Addresses.INSPECT, looking::add);
        Operation operation = Bus.keyed(Bus.registration(Town.MAIL, "two", "{}"), "key-1");
        Future<Message<Answer>> first = town.vertx.eventBus().request(Addresses.OPERATE, operation);
        await().until(() -> looking.size() == 1);
        assertThat(Failure.of(town.bus.refused(operation))).isEqualTo(Failure.STILL_RUNNING);
        assertThat(Failure.of(town.bus.refused(Bus.keyed(Bus.registration(Town.MAIL, "other", "{}"), "key-1"))))
                .isEqualTo(Failure.KEY_REUSED);
        looking.get(0).fail(Failure.INVALID.code(), "no artifact");
        assertThatThrownBy(() -> Bus.await(first)).hasCauseInstanceOf(ReplyException.class);
        Bus.await(inspector.unregister());
        town.worker.inspecting(Mail.LABELS);
        assertThat(town.bus.ask(operation).status()).isEqualTo(201);
    }

    private static Operation keyed(Kind kind, String body) {
        return Bus.keyed(Bus.operation(kind, Town.MAIL, 0, body, null), "key-1");
    }
}
