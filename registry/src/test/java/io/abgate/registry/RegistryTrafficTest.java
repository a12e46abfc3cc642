package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.TrafficKnown;
import io.abgate.registry.contract.TrafficReport;
import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficSettings;
import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.domain.TriggerActions;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.policy.TrafficCounted;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways tell what requests they counted. */
final class RegistryTrafficTest {
    private static final TrafficStream STREAM = new TrafficStream("gateway", 1);
    private static final Mail MAIL = Mail.SHIPPED
            .withoutDropRules()
            .retrainingEvery(0)
            .watchedBy(new TrafficSettings(5, new Guardrails(.01, .05, 100), TriggerActions.DEFAULT));

    @TempDir
    private Path home;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, MAIL).keepingStatesAfter(1_000_000).open().withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.register("two");
        town.canary(2, .5);
    }

    @AfterEach
    void close() {
        town.close();
    }

    private long epoch() {
        return town.model().getJsonObject("routing").getLong("epoch");
    }

    private TrafficBatch batch(long number, long failed) {
        return new TrafficBatch(
                STREAM,
                number,
                2,
                1,
                List.of(
                        new TrafficCount(epoch(), 1, 500, 900, 400, 0, 0),
                        new TrafficCount(epoch(), 2, 500, 800, 400, failed, 0)),
                new IssuedIds(
                        5, 40_000, List.of(new IssuedIds.Rows(30_000, 1, 900), new IssuedIds.Rows(30_000, 2, 800))));
    }

    private long tell(TrafficBatch batch) {
        return town.bus
                .request(Addresses.TRAFFIC, new TrafficReport(Town.MAIL, batch), TrafficKnown.class)
                .number();
    }

    /** Tells the same until the registry knows it, as a gateway does. */
    private void tellUntilKnown(TrafficBatch batch) {
        await().until(() -> tell(batch) >= batch.number());
    }

    private List<StoredEvent> events(String type) {
        return town.store().events(new EventQuery(0, null, null, Town.MAIL, type, 100));
    }

    private JsonObject comparison() {
        return town.model().getJsonObject("traffic").getJsonObject("comparison");
    }

    @Test
    void writesABatchOnceHoweverOftenItIsTold() {
        TrafficBatch first = batch(1, 0);
        assertThat(tell(first)).isZero();
        tellUntilKnown(first);
        assertThat(tell(first)).isEqualTo(1);
        assertThat(events("TRAFFIC")).hasSize(1);
        assertThat(Reports.event(events("TRAFFIC").get(0)).getString("summary"))
                .isEqualTo("1000 requests were counted, of which 800 count for comparisons.");
        JsonObject split = comparison().getJsonObject("split");
        assertThat(split.getLong("units")).isEqualTo(400);
        assertThat(split.getLong("controlUnits")).isEqualTo(400);
        assertThat(split.getDouble("expected")).isEqualTo(400);
        assertThat(split.getBoolean("broken")).isFalse();
        assertThat(town.version(2).getJsonObject("assigned"))
                .isEqualTo(new JsonObject().put("requests", 500).put("rows", 800));
        assertThat(town.version(2).getJsonObject("labelling").getLong("predicted"))
                .isEqualTo(800);
        assertThat(town.model().getJsonObject("traffic").getLong("uncounted")).isEqualTo(2);
        assertThat(town.model().getJsonObject("traffic").getLong("lost")).isEqualTo(1);
    }

    @Test
    void writesNoOftenerThanItMay() {
        tellUntilKnown(batch(1, 0));
        tell(batch(2, 0));
        town.clock.turn(Duration.ofMillis(4_900));
        town.model();
        town.clock.turn(Duration.ofMillis(200));
        tellUntilKnown(batch(2, 0));
        assertThat(writtenMillis(1) - writtenMillis(0)).isEqualTo(5_100);
    }

    @Test
    void writesTheLastBatchOfAGatewayAtOnce() {
        tellUntilKnown(batch(1, 0));
        tell(batch(2, 0));
        assertThat(events("TRAFFIC")).hasSize(1);
        TrafficReport last = new TrafficReport(Town.MAIL, batch(2, 0), true);
        assertThat(town.bus.request(Addresses.TRAFFIC, last, TrafficKnown.class).number())
                .isEqualTo(2);
        assertThat(events("TRAFFIC")).hasSize(2);
        town.clock.turn(Duration.ofMinutes(2));
        town.model();
        assertThat(town.bus.request(Addresses.TRAFFIC, last, TrafficKnown.class).number())
                .isEqualTo(2);
        assertThat(events("TRAFFIC")).as("no second time").hasSize(2);
    }

    private long writtenMillis(int event) {
        return new JsonObject(events("TRAFFIC").get(event).body()).getLong("atMillis");
    }

    @Test
    void takesBackAVersionThatFailsWithoutAnyLabel() {
        tellUntilKnown(batch(1, 60));
        await().until(() -> town.model().getValue("canary") == null);
        assertThat(town.version(2).getString("stage")).isEqualTo("QUARANTINED");
        assertThat(Reports.event(events("ROLLED_BACK").get(0)).getString("summary"))
                .startsWith("Version 2 was rolled back: fails more than 1.0 points oftener than version 1 beside it"
                        + " (60 of 400 requests against 0 of 400;");
        assertThat(comparison()).isNull();
    }

    @Test
    void tellsPeopleOfABrokenSplitUntilThereIsAnother() {
        tellUntilKnown(new TrafficBatch(
                STREAM,
                1,
                0,
                0,
                List.of(
                        new TrafficCount(epoch(), 1, 9_000, 9_000, 9_000, 0, 0),
                        new TrafficCount(epoch(), 2, 8_000, 8_000, 8_000, 0, 0)),
                null));
        await().until(() -> events("ALERT_RAISED").size() == 1);
        assertThat(town.model().getJsonObject("traffic").getString("hold"))
                .startsWith("requests do not come to versions 2 and 1 as the split means them to (8000 of 17000 to"
                        + " version 2, 8500 expected;");
        assertThat(comparison().getJsonObject("split").getBoolean("broken")).isTrue();
        town.operate(Kind.ABORT, new JsonObject());
        await().until(() -> events("ALERT_RECOVERED").size() == 1);
        assertThat(town.model().getJsonObject("traffic").getString("hold")).isNull();
    }

    @Test
    void promotesNobodyWhileTheSplitIsBrokenUnlessAnOperatorInsists() {
        for (int i = 0; i < 40; i++) {
            town.label(1, 5, false);
            town.label(2, 5, true);
        }
        tellUntilKnown(new TrafficBatch(
                STREAM,
                1,
                0,
                0,
                List.of(
                        new TrafficCount(epoch(), 1, 9_000, 9_000, 9_000, 0, 0),
                        new TrafficCount(epoch(), 2, 8_000, 8_000, 8_000, 0, 0)),
                null));
        ReplyException refused = town.refused(Kind.PROMOTE, "{\"version\":2}");
        assertThat(refused.failureCode()).isEqualTo(409);
        assertThat(refused)
                .hasMessageContaining("version 2: nothing is promoted while this stands: requests do not come to"
                        + " versions 2 and 1 as the split means them to (8000 of 17000 to version 2, 8500 expected;")
                .hasMessageEndingWith(
                        "(expected: a sound split: once the cause is found, resume, which looks afresh, as a new"
                                + " canary does; or force)");
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
        assertThat(town.force(2, "champion").getInteger("champion")).isEqualTo(2);
    }

    @Test
    void promotesWhatIsProvenWhileTheSplitIsSound() {
        for (int i = 0; i < 40; i++) {
            town.label(1, 5, false);
            town.label(2, 5, true);
        }
        tellUntilKnown(batch(1, 0));
        assertThat(town.promote(2, "champion").getInteger("champion")).isEqualTo(2);
    }

    @Test
    void hasTheSameStateAfterARestart() {
        tellUntilKnown(batch(1, 3));
        JsonObject before = Town.withoutNodes(town.model());
        town.restart();
        assertThat(Town.withoutNodes(town.model())).isEqualTo(before);
        assertThat(town.foldedStates()).isEqualTo(town.statesFromCheckpoints());
        assertThat(tell(batch(1, 3))).as("what was known is known").isEqualTo(1);
        assertThat(events("TRAFFIC")).hasSize(1);
    }

    @Test
    void readsWhatWasWrittenBeforeIdsWereCounted() {
        Map<String, Object> stream = Map.of("node", "gateway", "incarnation", 1);
        Map<String, Object> batch =
                Map.of("stream", stream, "number", 1, "uncounted", 0, "lost", 0, "counts", List.of());
        TrafficCounted read = Changes.value(Map.of("atMillis", 5, "batches", List.of(batch)), TrafficCounted.class);
        assertThat(read.batches()).containsExactly(new TrafficBatch(STREAM, 1, 0, 0, List.of(), null));
    }

    @Test
    void refusesAModelThatIsNotThere() {
        TrafficReport report = new TrafficReport("post", batch(1, 0));
        assertThatThrownBy(() -> town.bus.request(Addresses.TRAFFIC, report, TrafficKnown.class))
                .cause()
                .hasMessageStartingWith("model: post (expected: one of mail");
    }
}
