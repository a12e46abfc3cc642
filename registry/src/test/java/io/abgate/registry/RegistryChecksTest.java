package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.CheckOrder;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Measurement.Latency;
import io.abgate.registry.domain.Score;
import io.abgate.registry.policy.Mail;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Champions are measured from time to time, and held against what they were when they were promoted. */
final class RegistryChecksTest {
    private static final int ROWS = 100;
    private static final Duration PERIOD = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final AtomicInteger right = new AtomicInteger(90);
    private final AtomicInteger checks = new AtomicInteger();
    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0)).evaluatedOn(ROWS);
        town.worker.measuring(this::measured);
        town.open().withChampion();
        await().until(() -> checks.get() == 1);
        await().until(() -> monitor().getValue("baseline") != null);
    }

    @AfterEach
    void close() {
        town.close();
    }

    private Measurement measured(CheckOrder order) {
        checks.incrementAndGet();
        if (right.get() < 0) {
            throw new IllegalStateException("a bug of the model");
        }
        assertThat(order.rows()).hasSize(ROWS);
        Evaluation evaluation =
                new Evaluation(java.util.List.of(new ClassCount("ham", new Score(right.get(), ROWS))), 2, true);
        return new Measurement(evaluation, 0, .8, .1, .1, new Latency(.001, .001, .001, .001, .001));
    }

    private JsonObject monitor() {
        return town.model().getJsonObject("monitor");
    }

    private long events(String type) {
        return town.operate(Kind.EVENTS, new JsonObject().put("type", type))
                .getJsonArray("events")
                .size();
    }

    /** So many of the hundred rows are right from now on, at the next check. */
    private void passesWith(int nowRight) {
        right.set(nowRight);
        int before = checks.get();
        town.clock.turn(PERIOD);
        town.warmUp();
        await().until(() -> checks.get() == before + 1);
    }

    @Test
    void theFirstCheckOfAChampionIsItsBaseline() {
        assertThat(monitor().getJsonObject("baseline").getInteger("right")).isEqualTo(90);
        assertThat(events("BASELINE_TAKEN")).isEqualTo(1);
        passesWith(80);
        assertThat(monitor().getJsonObject("baseline").getInteger("right"))
                .as("moved by a promotion alone")
                .isEqualTo(90);
        assertThat(events("BASELINE_TAKEN")).isEqualTo(1);
    }

    @Test
    void anAlertIsRaisedOnceAndRecoversOnce() {
        passesWith(75);
        assertThat(monitor().getJsonArray("alerts")).as("just the limit").isEmpty();
        passesWith(74);
        await().until(() -> !alerts().isEmpty());
        assertThat(alerts().getJsonObject(0).getString("says")).isEqualTo("accuracy 0.160 below the baseline");
        long kept = events("CHECKED");
        passesWith(74);
        passesWith(74);
        assertThat(events("CHECKED")).as("the same again is no news").isEqualTo(kept);
        passesWith(90);
        await().until(() -> alerts().isEmpty());
    }

    private JsonArray alerts() {
        return monitor().getJsonArray("alerts");
    }

    @Test
    void aCheckThatFailsChangesNothingAndTheNextOneComesInItsTurn() {
        passesWith(-1);
        passesWith(-1);
        assertThat(alerts()).isEmpty();
        passesWith(74);
        await().until(() -> !alerts().isEmpty());
    }

    @Test
    void aLargeDropAsksForARetraining() {
        passesWith(80);
        assertThat(town.worker.orders).as("just the limit").hasSize(1);
        passesWith(79);
        assertThat(town.order(2).job()).isEqualTo(2);
        assertThat(town.job(2).getString("reason")).isEqualTo("accuracy dropped by 0.110 (limit 0.1)");
    }

    @Test
    void threeSmallerDropsInARowDoTooAndChecksThatAnOperatorAsksForDoNotCount() {
        passesWith(84);
        for (int i = 0; i < 5; i++) {
            town.operate(Kind.CHECK, new JsonObject());
        }
        passesWith(84);
        assertThat(town.worker.orders).hasSize(1);
        passesWith(84);
        assertThat(town.order(2).job()).isEqualTo(2);
        assertThat(town.job(2).getString("reason")).contains("in 3 checks in a row");
    }

    @Test
    void anOperatorSeesEverythingThatWasMeasured() {
        right.set(70);
        JsonObject report = town.operate(Kind.CHECK, new JsonObject());
        assertThat(report.getJsonObject("measured").getInteger("right")).isEqualTo(70);
        assertThat(report.getJsonObject("baseline").getInteger("right")).isEqualTo(90);
        assertThat(report.getJsonArray("alerts").getJsonObject(0).getString("kind"))
                .isEqualTo("ACCURACY");
        assertThat(report.getString("retraining")).isNull();
        assertThat(report.getString("source")).isEqualTo("evaluation rows");
        assertThat(report.getJsonObject("live").getString("source")).isEqualTo("live labels");
        assertThat(report.getJsonObject("live").getInteger("labels")).isZero();
    }

    @Test
    void whatWasFoundIsThereAfterARestart() {
        passesWith(74);
        await().until(() -> !alerts().isEmpty());
        JsonObject before = monitor();
        town.restart();
        assertThat(monitor()).isEqualTo(before);
    }
}
