package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.LabelsVoided;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LabelRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of a broken labelling job are withdrawn. */
final class RegistryWithdrawalTest {
    private static final String JOB = "night job";

    @TempDir
    private Path home;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0))
                .open()
                .withChampion();
        town.worker.inspecting(Mail.LABELS);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void withdrawsWhatOneSourceGaveAndSaysSo() {
        tells(JOB, true, requests(1, 6));
        tells("app", true, requests(1, 3));
        tells("app", false, requests(1, 1));
        JsonObject model = withdraw(JOB);
        assertThat(model.getLong("withdrawn")).isEqualTo(6);
        assertThat(model.getJsonObject("labels").getLong("withdrawn")).isEqualTo(6);
        assertThat(model.getJsonObject("labels").getLong("accepted")).isEqualTo(4);
        JsonObject live = town.version(1).getJsonObject("live");
        assertThat(live.getLong("labels")).as("those that stand").isEqualTo(4);
        assertThat(live.getLong("truths")).isEqualTo(4);
        assertThat(live.getDouble("right")).isEqualTo(3);
        JsonObject event = events().getJsonObject(0);
        assertThat(event.getString("summary"))
                .isEqualTo("6 labels of night job from 2026-03-04T05:06:07Z to 2026-03-04T06:06:07Z were withdrawn:"
                        + " wrong column.");
        assertThat(event.getJsonObject("body").getJsonArray("versions")).containsExactly(1);
    }

    @Test
    void takesNoLabelFromFiguresThatItIsNotIn() {
        tells(JOB, true, requests(1, 6));
        tells("app", true, requests(1, 2));
        town.stop();
        withdrawAsAnEarlierAbgateDid(JOB);
        town.open().warmUp();
        assertThat(labels()).as("all began anew").isZero();
        tells("app", false, requests(1, 3));
        tells(JOB, true, requests(1, 4));
        withdraw(JOB);
        assertThat(labels()).isEqualTo(3);
        withdraw("app");
        assertThat(labels()).as("two of five were of before").isZero();
        assertThat(town.store().check().broken()).isEmpty();
    }

    private void withdrawAsAnEarlierAbgateDid(String source) {
        try (EventStore store = town.openStore()) {
            store.write(transaction -> {
                Instant now = town.clock.instant();
                List<LabelRow> rows = transaction.withdraw(Town.MAIL, now, now.plusSeconds(1), source);
                LabelsVoided voided = new LabelsVoided(
                        now.toString(),
                        now.plusSeconds(1).toString(),
                        source,
                        "",
                        rows.size(),
                        0,
                        0,
                        0,
                        rows.size(),
                        List.of(1));
                return transaction.append("operator", voided.type(), Town.MAIL, Changes.json(voided));
            });
        }
    }

    private long labels() {
        return town.version(1).getJsonObject("live").getLong("labels");
    }

    @Test
    void writesNothingWhereThereIsNothingToWithdraw() {
        tells("app", true, requests(1, 4));
        JsonObject model = withdraw(JOB);
        assertThat(model.getLong("withdrawn")).isZero();
        assertThat(model.getJsonObject("labels").getLong("accepted")).isEqualTo(4);
        assertThat(events()).isEmpty();
        tells(JOB, true, requests(1, 2));
        assertThat(withdraw(JOB).getLong("withdrawn")).isEqualTo(2);
        assertThat(withdraw(JOB).getLong("withdrawn")).as("a second time").isZero();
    }

    @Test
    void takesTheFirstMomentInAndLeavesTheLastOneOut() {
        Instant from = town.clock.instant();
        tells(JOB, true, requests(1, 1));
        town.clock.turn(Duration.ofMillis(1));
        tells(JOB, true, requests(1, 2));
        assertThat(withdraw(JOB, from, from.plusMillis(1)).getLong("withdrawn")).isEqualTo(1);
        assertThat(withdraw(JOB, from.plusMillis(1), from.plusMillis(2)).getLong("withdrawn"))
                .isEqualTo(2);
    }

    @Test
    void takesALabelAnewForAPredictionWhoseLabelWasWithdrawn() {
        List<PredictionId> ids = requests(1, 3);
        tells(JOB, false, ids);
        withdraw(JOB);
        assertThat(tells("app", true, ids).accepted()).isEqualTo(3);
        assertThat(town.version(1).getJsonObject("live").getDouble("right")).isEqualTo(3);
        assertThat(tells("app", true, ids).duplicate()).isEqualTo(3);
    }

    @Test
    void withdrawsCorrectionsAndExpiredLabelsToo() {
        List<PredictionId> ids = requests(1, 3);
        tells("app", true, ids);
        tells(JOB, false, ids);
        PredictionId late = requests(1, 1).get(0);
        town.clock.turn(Duration.ofDays(31));
        tells(JOB, true, List.of(late));
        JsonObject counts = town.model().getJsonObject("labels");
        assertThat(counts.getLong("corrected")).isEqualTo(3);
        assertThat(counts.getLong("expired")).isEqualTo(1);
        JsonObject after = withdraw(JOB, Instant.EPOCH, town.clock.instant().plusMillis(1));
        assertThat(after.getLong("withdrawn")).isEqualTo(4);
        counts = after.getJsonObject("labels");
        assertThat(counts.getLong("corrected")).isZero();
        assertThat(counts.getLong("expired")).isZero();
        assertThat(counts.getLong("accepted")).isEqualTo(3);
        assertThat(town.version(1).getJsonObject("live").getLong("labels"))
                .as("the labels that count stand")
                .isEqualTo(3);
    }

    @Test
    void isTheSameAfterARestart() {
        canary();
        tells(JOB, true, requests(1, 20));
        tells(JOB, false, requests(2, 2));
        tells("app", true, requests(1, 3));
        withdraw(JOB);
        town.warmUp();
        tells("app", true, requests(1, 5));
        tells("app", false, requests(2, 1));
        await().untilAsserted(() -> assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model())));
        JsonObject before = town.model();
        town.restart().warmUp();
        assertThat(town.model()).isEqualTo(before);
        assertThat(town.store().check().broken()).isEmpty();
    }

    @Test
    void rollsNothingBackForLabelsThatWereWithdrawn() {
        canary();
        while (wealth() < 5) { // a wrong answer multiplies by 1 / .3 at most
            tells(JOB, true, requests(1, 1));
            tells(JOB, false, requests(2, 1));
        }
        String routing = town.model().getJsonObject("routing").encode();
        withdraw(JOB);
        assertThat(wealth()).isEqualTo(1);
        assertThat(town.model().getJsonObject("routing").encode())
                .as("a table of the new experiment")
                .isNotEqualTo(routing);
        tells("app", true, requests(1, 3));
        tells("app", false, requests(2, 2));
        assertThat(town.version(2).getString("stage")).isEqualTo("CANARY");
    }

    @Test
    void trainsOnNoWithdrawnLabel() {
        town.pairs(1, 9, 4, true, true);
        await().until(() -> rows() == 64);
        withdraw("app");
        assertThat(rows()).isEqualTo(60);
    }

    @Test
    void doesNotCountWithdrawnLabelsTowardsARetraining() {
        tells(JOB, true, requests(1, 5));
        tells("app", true, requests(1, 2));
        assertThat(withdraw(JOB).getJsonObject("labels").getLong("sinceTraining"))
                .isEqualTo(2);
    }

    @Test
    void refusesWhatNamesNoLabels() {
        assertThat(town.refused(Kind.VOID, body("noon", "2026-03-04T06:00:00Z", JOB))
                        .getMessage())
                .isEqualTo("from: noon (expected: a time such as 2026-01-31T12:00:00Z)");
        assertThat(town.refused(Kind.VOID, body("2026-03-04T06:00:00Z", "2026-03-04T06:00:00.0004Z", JOB))
                        .getMessage())
                .isEqualTo("to: 2026-03-04T06:00:00Z (expected: a time after 2026-03-04T06:00:00Z)");
        assertThat(town.refused(Kind.VOID, body("2026-03-04T06:00:00Z", "2026-03-04T07:00:00Z", ""))
                        .getMessage())
                .isEqualTo("source:  (expected: who gave the labels)");
        assertThat(town.refused(Kind.VOID, body("-1000000000-01-01T00:00:00Z", "2026-03-04T07:00:00Z", JOB))
                        .failureCode())
                .isEqualTo(400);
        assertThat(town.refused(Kind.VOID, "{}").getMessage()).startsWith("from: ");
    }

    private static String body(String from, String to, String source) {
        return new JsonObject()
                .put("from", from)
                .put("to", to)
                .put("source", source)
                .encode();
    }

    private JsonObject withdraw(String source) {
        Instant now = town.clock.instant();
        return withdraw(source, now, now.plus(Duration.ofHours(1)));
    }

    private JsonObject withdraw(String source, Instant from, Instant to) {
        return town.operate(
                Kind.VOID, new JsonObject(body(from.toString(), to.toString(), source)).put("reason", "wrong column"));
    }

    private void canary() {
        town.canary(town.register("two"), .3);
        await().until(() ->
                town.model().getJsonObject("routing").getJsonObject("shares").containsKey("2"));
    }

    private List<PredictionId> requests(int version, int count) {
        List<PredictionId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(town.request(version));
        }
        return ids;
    }

    private FeedbackResult tells(String source, boolean right, List<PredictionId> ids) {
        return town.bus.labels(
                Town.MAIL,
                ids.stream()
                        .map(id -> new Label(0, id, right ? "ham" : "spam", null, source))
                        .toList());
    }

    private double wealth() {
        return town.version(2).getJsonObject("evidence").getDouble("g");
    }

    private int rows() {
        return town.store().newestLabelled(Town.MAIL, Long.MAX_VALUE, 1_000).size();
    }

    private JsonArray events() {
        return new JsonObject(town.bus
                        .ask(Kind.EVENTS, "", 0, "{\"type\":\"LABELS_VOIDED\"}")
                        .body())
                .getJsonArray("events");
    }
}
