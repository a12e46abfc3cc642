package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.TroubledStore;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verdict has a receipt, and the ledger gives it again to the last bit. */
final class RegistryReceiptsTest {
    static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);
    static final String BEGINNING = "{\"from\":\"beginning\"}";

    @TempDir
    private Path home;

    private @Nullable Town opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private Town town(Mail mail) {
        Town town = town(home, mail);
        opened = town;
        return town;
    }

    /** With a champion, and a worker that looks at artifacts. */
    static Town town(Path home, Mail mail) {
        Town town = new Town(home, mail)
                .keepingStatesAfter(Limits.DEFAULT.checkpoints().running())
                .open()
                .withChampion();
        town.worker.inspecting(Mail.LABELS);
        return town;
    }

    private Town takenBack() {
        return takenBack(town(QUIET));
    }

    /** After a canary that was taken back. */
    static Town takenBack(Town town) {
        town.canary(town.register("two"), .5);
        await().until(() ->
                town.model().getJsonObject("routing").getJsonObject("shares").size() == 2);
        takeBack(town);
        return town;
    }

    private static void takeBack(Town town) {
        for (int i = 0; i < 60 && town.version(2).getString("stage").equals("CANARY"); i++) {
            town.label(1, 5, true);
            town.label(2, 5, false);
        }
        assertThat(town.version(2).getString("stage")).isEqualTo("QUARANTINED");
    }

    private static JsonArray receipts(Town town) {
        return town.operate(Kind.EVENTS, new JsonObject().put("type", "RECEIPT"))
                .getJsonArray("events");
    }

    static long newest(Town town) {
        return town.model().getLong("receipt");
    }

    static JsonObject receipt(Town town, long id) {
        return town.bus.read(Kind.RECEIPT, "", id);
    }

    static JsonObject replay(Town town, long id, String body) {
        return new JsonObject(town.bus.ask(Kind.REPLAY, "", id, body).body());
    }

    static void assertAgrees(Town town, long id) {
        for (String body : List.of("{}", BEGINNING)) {
            JsonObject replay = replay(town, id, body);
            assertThat(replay.getJsonArray("differences")).as(replay.encode()).isEmpty();
            assertThat(replay.getBoolean("agrees")).isTrue();
            assertThat(replay.getBoolean("wholeState")).isTrue();
            JsonObject stored = replay.getJsonObject("receipt");
            assertThat(replay.getJsonObject("replayed")).isEqualTo(stored);
        }
    }

    @Test
    void aRollbackOfACanaryHasOneThatSaysWhy() {
        Town town = takenBack();
        long id = newest(town);
        JsonObject receipt = receipt(town, id);
        assertThat(receipt.getString("verdict")).isEqualTo("ROLL_BACK");
        assertThat(receipt.getString("trigger")).isEqualTo("CANARY");
        assertThat(receipt.getInteger("version")).isEqualTo(2);
        assertThat(receipt.getDouble("statistic"))
                .isEqualTo(town.version(2).getJsonObject("evidence").getDouble("g"))
                .isGreaterThanOrEqualTo(receipt.getDouble("threshold"));
        assertThat(receipt.getJsonObject("policy").getJsonObject("rollout").getDouble("alpha"))
                .isEqualTo(.05);
        JsonObject act = receipt.getJsonObject("act");
        assertThat(act.getString("type")).isEqualTo("ROLLED_BACK");
        assertThat(act.getLong("seq")).isEqualTo(id + 1);
        assertThat(act.getJsonObject("body").getLong("receipt")).isEqualTo(id);
        JsonObject labels = receipt.getJsonObject("labels");
        assertThat(labels.getLong("count"))
                .isEqualTo(town.model().getJsonObject("labels").getLong("accepted"));
        assertThat(labels.getLong("to")).isLessThan(id);
        assertThat(town.bus.read(Kind.HISTORY, Town.MAIL, 0).getLong("receipt")).isEqualTo(id);
        assertAgrees(town, id);
    }

    @Test
    void itAgreesAfterARestartFromACheckpointAndFromTheBeginning() {
        Town town = takenBack();
        long before = newest(town);
        town.restart().warmUp();
        assertThat(town.usableCheckpoints()).hasSize(1);
        town.canary(town.register("three"), .5);
        await().until(() ->
                town.model().getJsonObject("routing").getJsonObject("shares").containsKey("3"));
        for (int i = 0; i < 60 && town.version(3).getString("stage").equals("CANARY"); i++) {
            town.label(1, 5, true);
            town.label(3, 5, false);
        }
        long after = newest(town);
        assertThat(after).isGreaterThan(before);
        assertAgrees(town, before);
        assertAgrees(town, after);
        JsonObject whole = replay(town, after, BEGINNING);
        assertThat(whole.getLong("from")).isZero();
        JsonObject oldest = replay(town, before, "{}");
        assertThat(oldest.getLong("from")).as("the checkpoint is younger").isZero();
        assertThat(replay(town, after, "{}").getLong("from")).isPositive();
        assertThat(town.foldedStates()).isEqualTo(town.statesFromCheckpoints());
    }

    @Test
    void aReplayBeginsWithACheckpointThatIsOlder() {
        Town town = town(QUIET);
        town.canary(town.register("two"), .5);
        town.label(1, 2, true);
        town.label(2, 2, true);
        town.restart().warmUp();
        assertThat(town.usableCheckpoints()).hasSize(1);
        assertThat(town.version(2).getString("stage")).isEqualTo("CANARY");
        takeBack(town);
        long id = newest(town);
        JsonObject part = replay(town, id, "{}");
        JsonObject whole = replay(town, id, BEGINNING);
        assertThat(part.getLong("from")).isPositive();
        assertThat(part.getLong("folded")).isLessThan(whole.getLong("folded"));
        assertAgrees(town, id);
    }

    @Test
    void aPromotionHasOneAndSoHasEveryHoldBeforeIt() {
        Town town = town(QUIET.decidedAfter(10));
        town.promote(town.register("two"), "shadow");
        town.warmUp();
        assertThat(receipts(town)).hasSize(1);
        town.pairs(1, 2, 4, true, true);
        assertThat(receipts(town)).as("only its counts changed").hasSize(1);
        assertThat(receipt(town, newest(town)).getValue("act")).isNull();
        town.operate(Kind.PAUSE, new JsonObject());
        assertThat(receipts(town)).hasSize(2);
        assertThat(receipt(town, newest(town)).getString("reason")).startsWith("automatic decisions are paused; ");
        town.operate(Kind.RESUME, new JsonObject());
        town.restart().warmUp();
        town.pairs(1, 2, 6, true, true);
        await().until(() -> Integer.valueOf(2).equals(town.model().getInteger("champion")));
        JsonObject receipt = receipt(town, newest(town));
        assertThat(receipt.getString("verdict")).isEqualTo("PROMOTE");
        assertThat(receipt.getJsonObject("act").getString("type")).isEqualTo("PROMOTED");
        assertThat(town.bus
                        .read(Kind.HISTORY, Town.MAIL, 0)
                        .getJsonObject("lastChange")
                        .getString("type"))
                .isEqualTo("PROMOTED");
        receipts(town).forEach(event -> assertAgrees(town, ((JsonObject) event).getLong("seq")));
        assertThat(town.store().check().broken()).isEmpty();
    }

    @Test
    void aRollbackByTheGuardHasOne() {
        Town town = town(QUIET.guardedBy(.3));
        town.force(town.register("two"), "champion");
        town.warmUp();
        await().until(() ->
                town.model().getJsonObject("routing").getJsonObject("shares").size() == 2);
        for (int i = 0; i < 100 && town.version(2).getString("stage").equals("CHAMPION"); i++) {
            town.label(1, 5, true);
            town.label(2, 5, false);
        }
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
        JsonObject receipt = receipt(town, newest(town));
        assertThat(receipt.getString("trigger")).isEqualTo("CHAMPION_GUARD");
        assertThat(receipt.getJsonObject("inputs").getBoolean("standbyAnswers")).isTrue();
        assertThat(receipt.getJsonObject("budget").getDouble("remaining")).isGreaterThanOrEqualTo(1);
        assertAgrees(town, newest(town));
    }

    @Test
    void aRetrainingHasOne() {
        Town town = town(Mail.SHIPPED.withoutDropRules().retrainingEvery(20));
        town.label(1, 20, true);
        town.order(2);
        JsonObject receipt = receipt(town, newest(town));
        assertThat(receipt.getString("verdict")).isEqualTo("RETRAIN");
        assertThat(receipt.getString("trigger")).isEqualTo("NEW_LABELS");
        assertThat(receipt.getDouble("statistic")).isEqualTo(20);
        assertThat(receipt.getDouble("threshold")).isEqualTo(20);
        assertThat(receipt.getJsonObject("act").getString("type")).isEqualTo("JOB_QUEUED");
        assertThat(receipt.getJsonObject("labels").getLong("count")).isEqualTo(20);
        assertAgrees(town, newest(town));
    }

    @Test
    void nothingIsDoneWhereItCannotBeWritten() {
        TroubledStore trouble = new TroubledStore();
        Town town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(20)).open(trouble::over);
        opened = town;
        town.withChampion();
        town.label(1, 19, true);
        trouble.full(true);
        town.clock.turn(Duration.ofSeconds(1));
        assertThat(receipts(town)).isEmpty();
        trouble.full(false);
        town.label(1, 1, true);
        town.order(2);
        assertThat(receipts(town)).hasSize(1);
    }

    @Test
    void theSettingsOfThatTimeAreUsedWhenThereAreOthersNow() {
        long id = newest(takenBack());
        close();
        Town town = new Town(home, QUIET.decidedAfter(7).guardedBy(.3)).open();
        opened = town;
        assertAgrees(town, id);
        assertThat(receipt(town, id)
                        .getJsonObject("policy")
                        .getJsonObject("rollout")
                        .getInteger("labels"))
                .isEqualTo(100);
    }

    @Test
    void whatIsNoReceiptIsNotFoundAndNonsenseIsRefused() {
        Town town = takenBack();
        long act = newest(town) + 1;
        for (long id : List.of(0L, -1L, act, 99_999L, Long.MAX_VALUE)) {
            for (Kind kind : List.of(Kind.RECEIPT, Kind.REPLAY)) {
                ReplyException refused = town.bus.refused(Bus.operation(kind, "", id, "{}", null));
                assertThat(Failure.of(refused)).isEqualTo(Failure.NOT_FOUND);
                assertThat(refused).hasMessage("receipt: " + id + " (expected: the number of a receipt)");
            }
        }
        for (String body : List.of("{\"from\":\"moon\"}", "{\"from\":7}", "{\"x\":1}", "[]")) {
            ReplyException refused = town.bus.refused(Bus.operation(Kind.REPLAY, "", newest(town), body, null));
            assertThat(Failure.of(refused)).isEqualTo(Failure.INVALID);
        }
    }
}
