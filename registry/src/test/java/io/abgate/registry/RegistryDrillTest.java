package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.DrillOrder;
import io.abgate.registry.contract.DrillReply;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Measurement.Latency;
import io.abgate.registry.domain.Score;
import io.abgate.registry.policy.Mail;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy of the champion is made worse on purpose; afterwards everything is as it was. */
final class RegistryDrillTest {
    private static final int ROWS = 100;
    private static final JsonObject WITH_SHARE =
            new JsonObject().put("scale", 0.5).put("share", 0.4).put("ttl", "10m");

    @TempDir
    private Path home;

    private final AtomicReference<DrillOrder> ordered = new AtomicReference<>();
    private Town town;
    private JsonObject champion;
    private JsonObject monitorBefore;

    @BeforeEach
    void open() {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0)).evaluatedOn(ROWS);
        town.worker.drilling(order -> {
            ordered.set(order);
            String copy = new String(order.artifact().bytes(), StandardCharsets.UTF_8) + " and noise " + order.scale()
                    + "/" + order.seed();
            return new DrillReply(FakeWorker.trained(copy), measured(90, .8), measured(74, .95));
        });
        town.worker.measuring(order -> measured(90, .8));
        town.open().withChampion();
        await().until(() -> monitor().getValue("baseline") != null);
        champion = version(1);
        monitorBefore = monitor();
    }

    private JsonObject monitor() {
        return town.model().getJsonObject("monitor");
    }

    @AfterEach
    void close() {
        town.close();
    }

    private static Measurement measured(int right, double confidence) {
        Evaluation evaluation = new Evaluation(List.of(new ClassCount("ham", new Score(right, ROWS))), 2, true);
        return new Measurement(evaluation, 0, confidence, .1, .1, new Latency(.001, .001, .001, .001, .001));
    }

    private JsonObject version(int number) {
        return town.model().getJsonArray("versions").stream()
                .map(JsonObject.class::cast)
                .filter(version -> version.getInteger("version") == number)
                .findFirst()
                .orElseThrow();
    }

    private JsonObject drill(JsonObject body) {
        return town.operate(Kind.DRILL, body);
    }

    private void drillWithShare() {
        drill(WITH_SHARE);
        town.warmUp();
        await().until(() -> shares().getDouble("2", 0.0) == 0.4);
    }

    private JsonObject shares() {
        return town.model().getJsonObject("routing").getJsonObject("shares");
    }

    private void assertEverythingIsBack(String stage) {
        await().until(() -> town.model().getValue("drill") == null);
        assertThat(version(2).getString("stage")).isEqualTo(stage);
        assertThat(shares()).isEqualTo(new JsonObject().put("1", 1.0));
        JsonObject now = version(1);
        for (String field : List.of("stage", "sha256", "share", "evidence", "source")) {
            assertThat(now.getValue(field)).as(field).isEqualTo(champion.getValue(field));
        }
        assertThat(town.model().getBoolean("paused")).isFalse();
        assertThat(monitor()).isEqualTo(monitorBefore);
        assertThat(town.bus.ask(Kind.ARTIFACT, Town.MAIL, 1, "{}").body()).isEqualTo("one");
        assertThat(town.folded()).as("replayed").isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void onlyMeasuresACopyWhenItGetsNoShare() {
        JsonObject told = drill(new JsonObject().put("seed", 5).put("reason", "just looking"));
        assertThat(ordered.get().scale()).isEqualTo(0.1);
        assertThat(ordered.get().seed()).isEqualTo(5);
        assertThat(ordered.get().rows()).hasSize(ROWS);
        assertThat(told.getInteger("version")).isEqualTo(2);
        assertThat(told.getString("stage")).isEqualTo("RETIRED");
        assertThat(told.getString("ofSha256")).isEqualTo(champion.getString("sha256"));
        assertThat(told.getJsonObject("measured").getInteger("right")).isEqualTo(74);
        assertThat(told.getJsonObject("deltas").getDouble("accuracy")).isEqualTo(-0.16);
        assertThat(told.getJsonArray("alerts").getJsonObject(0).getString("says"))
                .isEqualTo("accuracy 0.160 below the baseline");
        assertThat(told.getString("retraining")).isEqualTo("accuracy dropped by 0.160 (limit 0.1)");
        assertThat(version(2).getString("source")).isEqualTo("drill");
        assertThat(version(2).getJsonArray("tags")).containsExactly("drill");
        assertThat(version(2).getString("note")).isEqualTo("version 1 with noise of 0.1 on its weights, seed 5");
        assertThat(town.model().getJsonObject("monitor").getJsonArray("alerts")).isEmpty();
        assertEverythingIsBack("RETIRED");
        JsonArray events = town.operate(Kind.EVENTS, new JsonObject().put("type", "DRILLED"))
                .getJsonArray("events");
        assertThat(events.getJsonObject(0).getString("summary"))
                .isEqualTo("Version 2 is version 1 with noise of 0.1 on its weights (seed 5), for a drill;"
                        + " right on 74 of 100, version 1 on 90 of 100: just looking.");
    }

    @Test
    void theGuardTakesACopyBackThatIsWrongAndNothingElseHasChanged() {
        drillWithShare();
        assertThat(town.model().getJsonObject("drill").getInteger("version")).isEqualTo(2);
        for (int i = 0; i < 30; i++) {
            town.label(1, 2, true);
            town.label(2, 2, false);
        }
        assertEverythingIsBack("QUARANTINED");
        JsonObject labels = town.model().getJsonObject("labels");
        assertThat(labels.getInteger("drill")).isBetween(4, 60);
        assertThat(version(1).getJsonObject("live").getDouble("accuracy")).isEqualTo(1);
    }

    @Test
    void anOperatorEndsIt() {
        drillWithShare();
        JsonObject model = drill(new JsonObject().put("end", true).put("reason", "seen enough"));
        assertThat(model.getValue("drill")).isNull();
        assertEverythingIsBack("RETIRED");
        assertThat(town.refused(Kind.DRILL, "{\"end\":true}"))
                .hasMessageEndingWith("drill: none is running (expected: one, to end it)");
    }

    @Test
    void anAbortEndsItToo() {
        drillWithShare();
        town.operate(Kind.ABORT, new JsonObject());
        assertEverythingIsBack("RETIRED");
    }

    @Test
    void itEndsByItselfWhenItsTimeIsOverAlsoAfterARestart() {
        drillWithShare();
        JsonObject before = town.model();
        town.restart();
        town.warmUp();
        assertThat(town.model().getJsonObject("drill")).isEqualTo(before.getJsonObject("drill"));
        town.clock.turn(Duration.ofMinutes(9));
        town.warmUp();
        assertThat(version(2).getString("stage")).isEqualTo("CANARY");
        town.clock.turn(Duration.ofMinutes(1));
        town.warmUp();
        assertEverythingIsBack("RETIRED");
    }

    @Test
    void theSameCopyMayBeDrilledWithAgain() {
        drillWithShare();
        drill(new JsonObject().put("end", true));
        drillWithShare();
        assertThat(town.model().getJsonArray("versions")).hasSize(2);
        drill(new JsonObject().put("end", true));
        assertEverythingIsBack("RETIRED");
    }

    @Test
    void whateverAnOperatorSaysACopyIsNeverPromoted() {
        drill(new JsonObject());
        for (String to : List.of("shadow", "canary", "champion")) {
            JsonObject body = new JsonObject().put("version", 2).put("to", to).put("force", true);
            assertThat(town.refused(Kind.PROMOTE, body.encode()))
                    .hasMessageEndingWith(
                            "version 2: made worse on purpose, for a drill (expected: a version that may serve)");
        }
        assertThat(town.refused(Kind.ROLLBACK, "{\"to\":2}").failureCode()).isEqualTo(409);
    }

    @Test
    void isRefusedWhileSomethingElseIsCompared() {
        drillWithShare();
        assertThat(town.refused(Kind.DRILL, "{}"))
                .hasMessageEndingWith("drill: version 2 is CANARY (expected: no experiment under way; abort it first)");
        drill(new JsonObject().put("end", true));
        town.worker.inspecting(Mail.LABELS);
        int other = town.register("three");
        town.promote(other, "shadow");
        assertThat(town.refused(Kind.DRILL, "{}").failureCode()).isEqualTo(409);
    }

    @Test
    void isRefusedWithAShareWhenNobodyWouldTakeItBack() {
        town.operate(Kind.PAUSE, new JsonObject().put("all", true));
        assertThat(town.refused(Kind.DRILL, WITH_SHARE.encode()))
                .hasMessageEndingWith(
                        "drill: rollbacks are frozen, nobody would take it back (expected: resume first)");
        drill(new JsonObject());
        town.operate(Kind.RESUME, new JsonObject());
        town.operate(Kind.ROUTING, new JsonObject().put("mode", "champion"));
        assertThat(town.refused(Kind.DRILL, WITH_SHARE.encode()).failureCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"scale\":0}               | scale: 0.0 (expected: a finite number above 0)",
                "{\"scale\":-0.1}            | scale: -0.1 (expected: a finite number above 0)",
                "{\"scale\":1e999}           | scale: Infinity (expected: a finite number above 0)",
                "{\"scale\":\"NaN\"}         | scale: \"NaN\" (expected: a number)",
                "{\"seed\":0.5}              | seed: 0.5 (expected: a whole number)",
                "{\"share\":1}               | share: 1.0 (expected: a number from 0 (none) to below 1)",
                "{\"ttl\":\"1h\"}            | ttl: 1h (expected: one only beside a share)",
                "{\"share\":0.1,\"ttl\":\"8d\"} | ttl: 8d (expected: a time such as 90s, 30m, 1h, 2d or PT1H, from 1s to 7d)",
                "{\"share\":0.1,\"ttl\":\"soon\"} | ttl: soon (expected: a time such as 90s, 30m, 1h, 2d or PT1H, from 1s to 7d)",
                "{\"sharp\":0.1}             | parameter: sharp (expected: some of scale, seed, share, ttl, reason, end)"
            })
    void refusesNonsense(String body, String words) {
        JsonObject before = town.model();
        assertThat(town.refused(Kind.DRILL, body))
                .hasMessageEndingWith(words)
                .satisfies(refusal -> assertThat(refusal.failureCode()).isEqualTo(400));
        assertThat(town.model()).isEqualTo(before);
        assertThat(ordered.get()).isNull();
    }

    @Test
    void isDoneOnceUnderAKey() {
        Operation operation = new Operation(Kind.DRILL, Town.MAIL, 0, WITH_SHARE.encode(), null, "operator", "a-drill");
        Answer first = town.bus.request(Addresses.OPERATE, operation, Answer.class);
        Answer again = town.bus.request(Addresses.OPERATE, operation, Answer.class);
        assertThat(again).isEqualTo(first);
        assertThat(town.model().getJsonArray("versions")).hasSize(2);
    }

    @Test
    void noOperatorsVersionMayCallItselfADrill() {
        town.worker.inspecting(Mail.LABELS);
        assertThat(town.bus.refused(Bus.registration(Town.MAIL, "two", "{\"source\":\"drill\"}")))
                .hasMessageEndingWith("source: drill (expected: another word, as drills make their own)");
    }
}
