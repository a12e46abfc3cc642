package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.Backups;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a registry that stopped, and of a worker that fell silent. */
final class RegistryRestartTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    @TempDir
    private Path home;

    private @Nullable Town town;

    @AfterEach
    void close() {
        if (town != null) {
            town.close();
        }
    }

    private Town town(Mail... models) {
        Town opened = new Town(home, models).open();
        town = opened;
        return opened;
    }

    @Test
    void givesOutRoutesAfterARestoreThatAreNewerThanAnyOfTheLostFuture(@TempDir Path elsewhere) {
        Town lost = town(QUIET).withChampion();
        Path copy = elsewhere.resolve("copy.db");
        Backups.backup("sqlite:", home, copy);
        lost.worker.inspecting(Mail.LABELS);
        lost.canary(lost.register("two"), .3);
        await().until(() -> shares(lost).containsKey("2"));
        long newest = epoch(lost);
        List<PredictionId> ids = List.of(lost.request(1), lost.request(2));
        lost.close();

        Backups.restore(copy, "sqlite:", elsewhere);
        Town restored = new Town(elsewhere, QUIET).open();
        town = restored;
        restored.warmUp();
        await().until(() -> epoch(restored) > newest);
        assertThat(shares(restored).fieldNames()).containsExactly("1");
        restored.worker.inspecting(Mail.LABELS);
        restored.register("another two");
        FeedbackResult again = restored.bus.labels(
                Town.MAIL, ids.stream().map(id -> Town.label(id, true)).toList());
        assertThat(again.accepted()).as("the first version is still there").isEqualTo(1);
        assertThat(again.rejected())
                .extracting(FeedbackResult.Rejected::reason)
                .containsExactly("prediction_id: of another version 2, which was lost when the store was put back"
                        + " (expected: a version of mail)");
        assertThat(restored.store().check().broken()).isEmpty();
    }

    private static long epoch(Town town) {
        return town.model().getJsonObject("routing").getLong("epoch");
    }

    @Test
    void goesOnWithTheSameStateToTheLastBitOfTheEvidence() {
        Town town = town(QUIET.decidedAfter(10)).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.canary(town.register("two"), .3);
        await().until(() -> shares(town).containsKey("2"));
        town.promote(town.register("three"), "shadow");
        town.warmUp();
        town.label(1, 3, true);
        town.label(2, 1, false);
        town.pairs(1, 3, 4, true, false);
        await().until(() -> town.version(3).getJsonObject("shadow").getInteger("pairs") == 4);

        JsonObject before = town.model();
        double wealth = town.version(2).getJsonObject("evidence").getDouble("g");
        town.restart().warmUp();
        assertThat(town.model()).isEqualTo(before);
        assertThat(town.version(2).getJsonObject("evidence").getDouble("g"))
                .isEqualTo(wealth)
                .isGreaterThan(1);

        town.label(2, 1, false);
        town.pairs(1, 3, 6, false, false);
        await().until(() -> town.version(3).getString("stage").equals("QUARANTINED"));
        JsonObject after = town.model();
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
        town.restart().warmUp();
        assertThat(town.model()).isEqualTo(after);
        assertThat(town.version(2).getJsonObject("evidence").getDouble("g")).isNotEqualTo(wealth);
        assertThat(town.store().check().broken())
                .as("what does not fit the ledger")
                .isEmpty();
    }

    @Test
    void keepsTheTableInForceUntilAModelNodeIsHeard() {
        Town town = town(QUIET).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.canary(town.register("two"), .3);
        await().until(() -> shares(town).containsKey("2"));
        JsonObject routing = town.model().getJsonObject("routing");
        town.restart();
        assertThat(town.model().getJsonObject("routing")).isEqualTo(routing);
        town.report(Town.NODE, 1, List.of());
        assertThat(shares(town)).isEqualTo(new JsonObject().put("1", 1.0));
    }

    @Test
    void takesTrafficFromAnAbortedCanaryBeforeAnyModelNodeIsHeard() {
        Town town = town(QUIET).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.canary(town.register("two"), .3);
        await().until(() -> shares(town).containsKey("2"));
        town.restart().operate(Kind.ABORT, new JsonObject());
        assertThat(shares(town)).isEqualTo(new JsonObject().put("1", 1.0));
    }

    @Test
    void keepsAPauseThroughARestart() {
        Town town = town(Mail.SHIPPED.withoutDropRules()).withChampion();
        town.operate(Kind.PAUSE, new JsonObject());
        town.label(1, 300, true);
        town.restart();
        assertThat(town.model().getBoolean("paused")).isTrue();
        assertThat(town.model().getJsonObject("job")).isNull();
        town.operate(Kind.RESUME, new JsonObject());
        assertThat(town.model().getJsonObject("job")).isNotNull();
    }

    @Test
    void givesAnOpenJobAgainAfterARestart() {
        Town town = town(QUIET);
        TrainOrder first = town.order(1);
        town.restart();
        TrainOrder again = town.order(2);
        assertThat(again.job()).isEqualTo(first.job());
        assertThat(again.rows()).isEqualTo(first.rows());
        assertThat(again.plan()).isEqualTo(first.plan());
    }

    @Test
    void takesTheOutcomeOfAJobThatWasGivenBeforeTheRestartAndNoneTwice() {
        Town town = town(QUIET);
        TrainOrder first = town.order(1);
        town.restart().order(2);
        town.finish(first, "one", Town.counts(90, 100));
        JsonObject once = town.model();
        town.finish(first, "other", Town.counts(10, 100));
        assertThat(town.model()).isEqualTo(once);
        assertThat(once.getInteger("champion")).isEqualTo(1);
    }

    @Test
    void givesAJobAgainWhenItsWorkerFallsSilent() {
        Town town = running();
        town.clock.turn(Duration.ofSeconds(4));
        town.report(Town.NODE, 1, List.of());
        town.clock.turn(Duration.ofSeconds(4));
        town.report("node-2", 1, List.of());
        assertThat(town.worker.orders).hasSize(1);
        town.clock.turn(Duration.ofSeconds(2));
        assertThat(town.order(2).job()).isEqualTo(1);
    }

    @Test
    void givesAJobAgainWhenItsWorkerWasRestartedUnderTheSameName() {
        Town town = running();
        town.report(Town.NODE, 2, List.of());
        assertThat(town.order(2).job()).isEqualTo(1);
    }

    @Test
    void givesAJobAgainWhenItsWorkerNeverReported() {
        Town town = town(QUIET);
        await().until(() -> town.job(1).getString("state").equals("RUNNING"));
        town.clock.turn(Duration.ofSeconds(5));
        town.report("node-2", 1, List.of());
        assertThat(town.worker.orders).hasSize(1);
        town.clock.turn(Duration.ofSeconds(1));
        assertThat(town.order(2).job()).isEqualTo(1);
    }

    /** The first job is with a worker that is known to be alive. */
    private Town running() {
        Town town = town(QUIET);
        await().until(() -> town.job(1).getString("state").equals("RUNNING"));
        town.report(Town.NODE, 1, List.of());
        assertThat(town.worker.orders).hasSize(1);
        return town;
    }

    @Test
    void letsAJobWaitWhileTheWorkerIsBusy() {
        Town town = town(QUIET).withChampion();
        town.worker.busy(true);
        town.operate(Kind.RETRAIN, new JsonObject());
        town.operate(Kind.RETRAIN, new JsonObject());
        assertThat(town.job(2).getString("state")).isEqualTo("QUEUED");
        town.worker.busy(false);
        assertThat(town.order(2).job()).isEqualTo(2);
        assertThat(town.order(3).job()).isEqualTo(3);
    }

    @Test
    void keepsAJobForAWorkerThatComesLater() {
        Town town = new Town(home, QUIET);
        this.town = town;
        town.worker.vanish();
        town.open();
        town.model();
        assertThat(town.job(1).getString("state")).isEqualTo("QUEUED");
        FakeWorker late = new FakeWorker(town.vertx, "node-2");
        await().until(() -> !late.orders.isEmpty());
        await().until(() -> town.job(1).getString("state").equals("RUNNING"));
    }

    @Test
    void leadsNoStoreWithOtherKeysThanItHasKnown() {
        town(QUIET).withChampion().close();
        Town stranger = new Town(home, QUIET);
        stranger.keys = KeyRing.of(TokenKeys.random());
        town = stranger;
        assertThatThrownBy(stranger::open).hasMessageContaining("token.keys: none of the keys of store");
    }

    @Test
    void startsAndTrainsAlthoughAModelWithAnOpenJobWasRemoved() {
        Town two = new Town(home, QUIET, QUIET);
        two.worker.busy(true);
        two.open().close();
        // the first model's name is kept, the second is gone with its open job
        Town town = town(QUIET);
        town.finish(town.order(1), "one", Town.counts(90, 100));
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
        town.operate(Kind.RETRAIN, new JsonObject());
        await().until(() -> town.worker.orders.stream().anyMatch(order -> order.job() == 3));
    }

    private static JsonObject shares(Town town) {
        return town.model().getJsonObject("routing").getJsonObject("shares");
    }
}
