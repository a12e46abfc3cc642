package io.abgate.registry;

import static io.abgate.registry.policy.Degradation.Kind.ACCURACY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.LeaderBeacon;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.TroubledStore;
import io.abgate.registry.store.TroubledStore.Trouble;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who leads, when, and what a registry knows after a write whose end it did not hear of. */
final class RegistryLeadershipTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    @TempDir
    private Path home;

    private final TroubledStore troubles = new TroubledStore();
    private Town town;

    @BeforeEach
    void make() {
        town = new Town(home, QUIET);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void standsByWhileAnotherLeadsAndLeadsAfterIt() {
        AtomicInteger tries = new AtomicInteger();
        Bus.await(town.deploy(() -> {
            if (tries.incrementAndGet() <= 2) {
                throw TroubledStore.held();
            }
            return town.openStore();
        }));
        assertThatThrownBy(town::model).hasCauseInstanceOf(ReplyException.class);
        awaitLeader();
        assertThat(tries).hasValue(3);
    }

    @Test
    void stepsDownWhenDeposedAndLeadsAgainWithTheSameState() {
        town.open(troubles.shared()::over).withChampion();
        town.label(1, 3, true);
        JsonObject before = Town.withoutNodes(town.model());
        troubles.next(Trouble.DEPOSED);
        assertThat(Failure.of(town.refused(Kind.PAUSE, "{}"))).isEqualTo(Failure.UNAVAILABLE);
        awaitLeader();
        assertThat(Town.withoutNodes(town.model())).isEqualTo(before);
        town.label(1, 1, true);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void stepsDownWhenItCannotKeepASharedLease() {
        town.open(troubles.shared()::over).withChampion();
        troubles.full(true);
        town.clock.turn(Duration.ofMillis(5_001));
        await().until(() -> town.vertx.deploymentIDs().size() == 1 && isUnavailable());
        assertThat(town.watchers.board().leading()).isZero();
        troubles.full(false);
        awaitLeader();
    }

    @Test
    void listensNoMoreWhileAWriteHangsForLongerThanTheLease() {
        town.open(troubles.shared()::over).withChampion();
        CountDownLatch latch = new CountDownLatch(1);
        troubles.block(latch);
        Future<?> hanging =
                town.vertx.eventBus().request(Addresses.OPERATE, Bus.operation(Kind.PAUSE, Town.MAIL, 0, "{}", null));
        await().until(troubles::isBlocked);
        assertThat(town.watchers.board().alert(Town.MAIL, ACCURACY)).isZero();
        town.clock.turn(Duration.ofMillis(5_001));
        assertThat(town.watchers.board().alert(Town.MAIL, ACCURACY))
                .as("another may know better by now")
                .isNaN();
        await().until(this::nobodyListens);
        assertThat(hanging.isComplete()).isFalse();
        latch.countDown();
        awaitLeader();
        assertThat(town.model().getBoolean("paused")).isTrue();
    }

    private boolean nobodyListens() {
        Future<?> routes =
                town.vertx.eventBus().request(Addresses.ROUTES, "", new DeliveryOptions().setSendTimeout(50));
        await().until(routes::isComplete);
        return routes.cause() instanceof ReplyException failure && failure.failureType() == ReplyFailure.NO_HANDLERS;
    }

    @Test
    void neverStepsDownFromAStoreOfItsOwn() {
        town.open(troubles::over).withChampion();
        troubles.full(true);
        town.clock.turn(Duration.ofHours(1));
        int folds = troubles.folds.get();
        for (int i = 0; i < 5; i++) {
            ReplyException refusal = town.refused(Kind.PAUSE, "{}");
            assertThat(Failure.of(refusal)).isEqualTo(Failure.UNAVAILABLE);
            assertThat(refusal).hasMessageContaining("the disk is full");
            assertThat(town.model().getInteger("champion")).isEqualTo(1);
        }
        assertThat(troubles.folds).as("times that the ledger was read").hasValue(folds);
        assertThat(town.bus.request(Addresses.ROUTES, "", RouteTables.class).tables())
                .hasSize(1);
        troubles.full(false);
        assertThat(town.operate(Kind.PAUSE, new JsonObject()).getBoolean("paused"))
                .isTrue();
    }

    @Test
    void knowsWhatAWriteCommittedOfWhichItDidNotHear() {
        town.open(troubles::over).withChampion();
        troubles.next(Trouble.AFTER_COMMIT);
        assertThat(Failure.of(town.refused(Kind.PAUSE, "{}"))).isEqualTo(Failure.UNAVAILABLE);
        assertThat(town.model().getBoolean("paused")).isTrue();
        PredictionId id = town.request(1);
        troubles.next(Trouble.AFTER_COMMIT);
        assertThatThrownBy(() -> town.bus.labels(Town.MAIL, List.of(Town.label(id, true))))
                .cause()
                .isInstanceOfSatisfying(ReplyException.class, refusal -> assertThat(Failure.of(refusal))
                        .isEqualTo(Failure.UNAVAILABLE));
        assertThat(town.bus.labels(Town.MAIL, List.of(Town.label(id, true))).duplicate())
                .isEqualTo(1);
        assertThat(town.model().getJsonObject("labels").getLong("accepted")).isEqualTo(1);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void doesNotStartBesideARegistryOfAnotherStore() {
        town.vertx
                .eventBus()
                .consumer(Addresses.ROUTES, message -> message.reply(new RouteTables("other", List.of(), "")));
        assertThatThrownBy(town::open)
                .cause()
                .hasMessageMatching("store: \\S+ \\(expected: other, which the registry of this cluster has\\)");
    }

    @Test
    void givesWayToARegistryOfAnotherStoreThatHasLedLonger() {
        town.open().withChampion();
        long now = town.clock.millis();
        publish(new LeaderBeacon("younger", "node", now + 1));
        publish(new LeaderBeacon(town.store().storeId(), "deposed", now - 1));
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
        publish(new LeaderBeacon("older", "node", now - 1));
        await().until(() -> !town.fatal.isEmpty());
        assertThat(town.fatal.get(0)).contains("(expected: older, which");
        await().until(this::isUnavailable);
    }

    @Test
    void tellsOthersThatItLeads() {
        List<LeaderBeacon> heard = new CopyOnWriteArrayList<>();
        town.vertx.eventBus().<LeaderBeacon>consumer(Addresses.LEADER, message -> heard.add(message.body()));
        town.open();
        await().until(() -> heard.size() >= 2);
        assertThat(heard.get(0).storeId()).isEqualTo(town.store().storeId());
        assertThat(heard.get(0).sinceMillis()).isEqualTo(town.clock.millis());
    }

    @Test
    void refusesMessagesOfNodesOfAnotherStore() {
        town.open().withChampion();
        StoreBinding other = new StoreBinding();
        other.bind("other");
        LabelBatch batch = new LabelBatch(Town.MAIL, List.of(Town.label(town.request(1), true)));
        assertThatThrownBy(() -> Bus.await(town.vertx.eventBus().request(Addresses.LABELS, batch, other.within(2_000))))
                .cause()
                .isInstanceOfSatisfying(ReplyException.class, refusal -> assertThat(Failure.of(refusal))
                        .isEqualTo(Failure.CONFLICT))
                .hasMessageStartingWith(
                        "store: other (expected: " + town.store().storeId());
        assertThat(town.model().getJsonObject("labels").getLong("accepted")).isZero();
    }

    private void publish(LeaderBeacon beacon) {
        town.vertx.eventBus().publish(Addresses.LEADER, beacon);
    }

    private void awaitLeader() {
        await().until(() -> !isUnavailable());
    }

    private boolean isUnavailable() {
        try {
            town.model();
            return false;
        } catch (Bus.Failed failed) {
            return Failure.of(failed.getCause()) == Failure.UNAVAILABLE;
        }
    }
}
