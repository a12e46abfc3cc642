package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.EventQuery;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was, and why. */
final class RegistryArchiveTest {
    @TempDir
    private Path home;

    private Town town;
    private Instant begin;

    @BeforeEach
    void open() {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0));
        begin = town.clock.instant();
        town.open();
        town.clock.turn(Duration.ofSeconds(1));
        town.withChampion();
        town.worker.inspecting(Mail.LABELS);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void knowsEventsOfNoModelThatThereNeverWas() {
        JsonObject later = new JsonObject().put("model", Town.MAIL).put("after", 1_000_000);
        assertThat(town.operate(Kind.EVENTS, later).getJsonArray("events"))
                .as("none yet")
                .isEmpty();
        ReplyException refused = town.refused(Kind.EVENTS, "{\"model\":\"nope\"}");
        assertThat(refused.failureCode()).isEqualTo(Failure.NOT_FOUND.code());
        assertThat(refused).hasMessage("model: nope (expected: one of mail)");
    }

    @Test
    void tellsOfAModelThatIsNoLongerConfigured() {
        EventQuery all = new EventQuery(0, null, null, Town.MAIL, null, 1_000);
        History history = new History(town.store(), List.of());
        Operation before = new Operation(Kind.EVENTS, "", 0, "{\"model\":\"mail\"}", null, "operator");
        assertThat(Reports.events(town.store(), history, before).getJsonArray("events"))
                .hasSameSizeAs(town.store().events(all));
        Operation since = new Operation(Kind.EVENTS, "", 0, "{\"model\":\"mail\",\"after\":1000000}", null, "operator");
        assertThat(Reports.events(town.store(), history, since).getJsonArray("events"))
                .isEmpty();
    }

    @Test
    void tellsWhatWasLiveAtATime() {
        Instant first = town.clock.instant();
        town.clock.turn(Duration.ofMinutes(1));
        town.canary(town.register("two"), .3);
        await().until(() ->
                town.model().getJsonObject("routing").getJsonObject("shares").size() == 2);
        town.label(2, 3, true);

        JsonObject before = history(begin);
        assertThat(before.getValue("epoch")).isNull();
        assertThat(before.getJsonArray("versions")).isEmpty();
        JsonObject then = history(first.plusSeconds(59));
        assertThat(then.getInteger("champion")).isEqualTo(1);
        assertThat(then.getValue("canary")).isNull();
        assertThat(shares(then)).containsExactly(1.0);
        assertThat(then.getString("since")).isEqualTo(first.toString());
        assertThat(then.getJsonObject("lastChange").getString("type")).isEqualTo("JOB_ENDED");
        JsonObject now = town.bus.read(Kind.HISTORY, Town.MAIL, 0);
        assertThat(now.getInteger("canary")).isEqualTo(2);
        assertThat(shares(now)).containsExactly(.7, .3);
        assertThat(now.getLong("epoch"))
                .isEqualTo(town.model().getJsonObject("routing").getLong("epoch"));
        assertThat(now.getJsonObject("lastChange").getString("type")).isEqualTo("CANARIED");
    }

    @Test
    void tellsWhatWasLiveAlthoughTheClockWasSetBack() {
        Instant first = town.clock.instant();
        town.register("two");
        town.clock.step(Duration.ofHours(-1));
        town.canary(2, .3);
        await().until(() ->
                town.model().getJsonObject("routing").getJsonObject("shares").size() == 2);
        assertThat(shares(history(first))).containsExactly(.7, .3);
    }

    private JsonObject history(Instant at) {
        return town.operate(Kind.HISTORY, new JsonObject().put("at", at.toString()));
    }

    private static List<Object> shares(JsonObject history) {
        return history.getJsonArray("versions").stream()
                .map(version -> ((JsonObject) version).getValue("share"))
                .toList();
    }

    @Test
    void saysWhyAKeyGetsItsVersion() {
        Instant first = town.clock.instant();
        town.clock.turn(Duration.ofMinutes(1));
        town.canary(town.register("two"), .3);
        await().until(() ->
                town.model().getJsonObject("routing").getJsonObject("shares").size() == 2);
        Set<Integer> picked = new HashSet<>();
        for (int user = 0; user < 30; user++) {
            JsonObject answer = town.operate(Kind.ASSIGNMENT, new JsonObject().put("key", "user " + user));
            picked.add(answer.getInteger("version"));
            assertThat(best(answer.getJsonArray("versions"))).isEqualTo(answer.getInteger("version"));
            assertThat(answer.getString("route")).isEqualTo(answer.getInteger("version") == 1 ? "champion" : "canary");
        }
        assertThat(picked).containsExactlyInAnyOrder(1, 2);
        JsonObject then = town.operate(
                Kind.ASSIGNMENT, new JsonObject().put("key", "user").put("at", first.toString()));
        assertThat(then.getInteger("version")).isEqualTo(1);
        assertThat(then.getDouble("share")).isEqualTo(1);
        assertThat(Failure.of(town.refused(Kind.ASSIGNMENT, "{}"))).isEqualTo(Failure.INVALID);
    }

    private static int best(JsonArray versions) {
        return versions.stream()
                .map(JsonObject.class::cast)
                .reduce((one, other) -> one.getDouble("score") > other.getDouble("score") ? one : other)
                .orElseThrow()
                .getInteger("version");
    }

    @Test
    void tellsAllThatWasSaidOfAPrediction() {
        PredictionId id = town.request(1);
        Sample sample = new Sample(id.timeMillis(), id.nonce(), "\"text\"", List.of());
        town.vertx.eventBus().send(Addresses.SAMPLES, new SampleBatch(Town.MAIL, List.of(sample)));
        town.bus.labels(Town.MAIL, List.of(Town.label(id, true)));
        town.bus.labels(Town.MAIL, List.of(Town.label(id, false)));
        town.store()
                .write(transaction -> transaction.withdraw(
                        Town.MAIL, begin, town.clock.instant().plusSeconds(1), "app"));
        JsonObject wanted = new JsonObject().put("timeMillis", id.timeMillis()).put("nonce", id.nonce());
        JsonObject known = town.operate(Kind.PREDICTION, wanted);
        assertThat(known.getJsonArray("labels").stream()
                        .map(label ->
                                ((JsonObject) label).getString("kind") + ((JsonObject) label).getValue("withdrawn")))
                .containsExactly("ACCEPTEDtrue", "CORRECTIONtrue");
        assertThat(known.getBoolean("sampled")).isTrue();
        assertThat(known.getJsonObject("route").getLong("epoch")).isEqualTo(id.epoch());
        JsonObject byId = new JsonObject(town.bus
                .ask(Kind.PREDICTION, "", 0, wanted.put("modelId", 1).encode())
                .body());
        assertThat(byId).isEqualTo(known);
        JsonObject unknown = town.operate(
                Kind.PREDICTION,
                new JsonObject().put("timeMillis", 1).put("nonce", 2).put("epoch", id.epoch()));
        assertThat(unknown.getJsonArray("labels")).isEmpty();
        assertThat(unknown.getBoolean("sampled")).isFalse();
        assertThat(unknown.getJsonObject("route").getJsonArray("versions")).hasSize(1);
    }

    @Test
    void walksAlongItsOwnLedger() {
        town.label(1, 3, true);
        JsonObject answer =
                new JsonObject(town.bus.ask(Kind.VERIFY, "", 0, "{}").body());
        assertThat(answer.getBoolean("intact")).isTrue();
        assertThat(answer.getLong("labels")).isEqualTo(3);
        assertThat(answer.getString("head")).hasSize(64);
    }

    @Test
    void filtersEventsByTheirEnd() {
        JsonObject until = new JsonObject().put("until", begin.toString());
        assertThat(town.operate(Kind.EVENTS, until).getJsonArray("events").stream()
                        .map(event -> ((JsonObject) event).getString("type")))
                .containsExactly("KEYS_BOUND", "MODEL_ADDED", "JOB_QUEUED");
    }

    @Test
    void showsAnOverrideWhileItRuns() {
        JsonObject override = new JsonObject()
                .put("id", "override-1")
                .put("node", "gateway-1")
                .put("version", 1)
                .put("from", town.clock.instant().toString())
                .put("until", town.clock.instant().plusSeconds(60).toString())
                .put("reason", "trouble");
        assertThat(town.operate(Kind.OVERRIDE, override).getJsonArray("overrides"))
                .hasSize(1);
        assertThat(town.operate(Kind.OVERRIDE, override).getJsonArray("overrides"))
                .hasSize(1);
        assertThat(events("OVERRIDDEN")).isEqualTo(1);
        assertThat(town.restart().model().getJsonArray("overrides")).hasSize(1);
        JsonObject ended = override.copy().put("ended", town.clock.instant().toString());
        assertThat(town.operate(Kind.OVERRIDE, ended).getJsonArray("overrides")).isEmpty();
        town.operate(Kind.OVERRIDE, ended);
        assertThat(events("OVERRIDE_ENDED")).isEqualTo(1);
        town.operate(Kind.OVERRIDE, override.copy().put("id", "override-2"));
        town.clock.turn(Duration.ofSeconds(61));
        assertThat(town.model().getJsonArray("overrides")).as("after its time").isEmpty();
        assertThat(Failure.of(
                        town.refused(Kind.OVERRIDE, override.put("version", 9).encode())))
                .isEqualTo(Failure.INVALID);
    }

    private int events(String type) {
        return town.operate(Kind.EVENTS, new JsonObject().put("type", type))
                .getJsonArray("events")
                .size();
    }
}
