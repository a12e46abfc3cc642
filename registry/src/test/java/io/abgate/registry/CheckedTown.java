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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A town whose champion is measured on a hundred rows, of which so many are right as a test says. */
final class CheckedTown implements AutoCloseable {
    static final int ROWS = 100;
    static final int BASELINE = 90;
    static final Duration PERIOD = Duration.ofSeconds(30);

    final Town town;
    final AtomicInteger right = new AtomicInteger(BASELINE);
    final AtomicInteger checks = new AtomicInteger();

    CheckedTown(Path home) {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0)).evaluatedOn(ROWS);
        town.worker.measuring(this::measured);
    }

    /** Has a champion with a baseline. */
    CheckedTown open() {
        town.open().withChampion();
        await().until(() -> checks.get() == 1);
        await().until(() -> monitor().getValue("baseline") != null);
        return this;
    }

    private Measurement measured(CheckOrder order) {
        checks.incrementAndGet();
        if (right.get() < 0) {
            throw new IllegalStateException("a bug of the model");
        }
        assertThat(order.rows()).hasSize(ROWS);
        Evaluation evaluation = new Evaluation(List.of(new ClassCount("ham", new Score(right.get(), ROWS))), 2, true);
        return new Measurement(evaluation, 0, .8, .1, .1, new Latency(.001, .001, .001, .001, .001));
    }

    /** So many of the hundred rows are right from now on, at the next check. */
    void passesWith(int nowRight) {
        right.set(nowRight);
        int before = checks.get();
        town.clock.turn(PERIOD);
        town.warmUp();
        await().until(() -> checks.get() == before + 1);
    }

    /** The same with checks until the alerts are of these kinds. */
    void standsWith(int nowRight, String... kinds) {
        passesWith(nowRight);
        await().untilAsserted(() -> assertThat(kinds()).containsExactly(kinds));
    }

    JsonObject monitor() {
        return town.model().getJsonObject("monitor");
    }

    JsonArray alerts() {
        return monitor().getJsonArray("alerts");
    }

    /** Of the alerts that have not recovered. */
    List<String> kinds() {
        return alerts().stream()
                .map(alert -> ((JsonObject) alert).getString("kind"))
                .toList();
    }

    /** Events of a type, oldest first. */
    List<JsonObject> events(String type) {
        return town.operate(Kind.EVENTS, new JsonObject().put("type", type)).getJsonArray("events").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    @Override
    public void close() {
        town.close();
    }
}
