package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.JobProgress;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.contract.TrainingCourse;
import io.abgate.registry.contract.TrainingCourse.Point;
import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.Stopping;
import io.abgate.registry.domain.Unusable;
import io.abgate.registry.policy.Mail;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps retrainings within bounds, and what is told of them. */
final class RegistryRetrainingTest {
    private static final Mail EAGER = Mail.SHIPPED.withoutDropRules().retrainingEvery(20);

    @TempDir
    private Path home;

    private @Nullable Town town;

    @AfterEach
    void close() {
        if (town != null) {
            town.close();
        }
    }

    private Town town(Mail mail) {
        Town opened = new Town(home, mail).open().withChampion();
        town = opened;
        return opened;
    }

    private static JsonObject training(Town town) {
        return town.model().getJsonObject("training");
    }

    private static void retrainedInVain(Town town, int order) {
        town.label(1, 20, true);
        town.finish(town.order(order), "vain " + order, Town.counts(50, 100));
    }

    @Test
    void retrainsOnNoFewerUsableRowsThanItNeedsAndSaysSo() {
        Town small = new Town(home, EAGER.retrainingEvery(12)).seeded(0).open().withChampion();
        town = small;
        small.applications.samples(
                "\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"e\"", "\"f\"", "\"g\"", "\"\"", "\" \"", "[]", "7", "\"\"");
        JsonObject buffer = small.bus.read(Kind.BUFFER, Town.MAIL, 0);
        assertThat(buffer.getInteger("size")).isEqualTo(12);
        assertThat(buffer.getInteger("usable")).isEqualTo(7);
        assertThat(buffer.getJsonObject("unusable"))
                .isEqualTo(new JsonObject()
                        .put("unknownTruth", 0)
                        .put("emptyInput", 4)
                        .put("unfitInput", 1));
        assertThat(buffer.getJsonObject("origins").getJsonObject("live").getInteger("rows"))
                .isEqualTo(12);
        int heldOut = buffer.getInteger("heldOut");
        assertThat(training(small).getString("asks")).isEqualTo("12 new labels since the last training");
        assertThat(training(small).getString("obstacle"))
                .isEqualTo((7 - heldOut) + " usable of 12 rows"
                        + (heldOut == 0 ? "" : ", " + heldOut + " more held out") + " (expected: at least 10)");
        assertThat(small.worker.orders).hasSize(1);

        while (small.bus.read(Kind.BUFFER, Town.MAIL, 0).getInteger("trainable") < 10) {
            assertThat(small.worker.orders).hasSize(1);
            small.applications.samples("\"more\"");
        }
        assertThat(small.order(2).rows().size() + small.order(2).evaluation().size())
                .isEqualTo(small.bus.read(Kind.BUFFER, Town.MAIL, 0).getInteger("size"));
        assertThat(small.folded()).isEqualTo(Town.withoutNodes(small.model()));
    }

    @Test
    void takesOutOfTheBufferWhatWasWithdrawn() {
        Town town = town(EAGER.retrainingEvery(0));
        town.applications.samples("\"a\"", "\"b\"");
        assertThat(town.bus.read(Kind.BUFFER, Town.MAIL, 0).getInteger("size")).isEqualTo(62);
        town.operate(
                Kind.VOID,
                new JsonObject()
                        .put("from", town.clock.instant().toString())
                        .put("to", town.clock.instant().plusSeconds(1).toString())
                        .put("source", "app")
                        .put("reason", "broken"));
        assertThat(town.bus.read(Kind.BUFFER, Town.MAIL, 0).getInteger("size")).isEqualTo(60);
    }

    @Test
    void waitsForAnOperatorWhereThatIsSaidAlsoAfterARestart() {
        Town town = town(EAGER.restrainedBy(new Restraint(0, 3, 0, Approval.MANUAL)));
        town.label(1, 20, true);
        assertThat(training(town).getLong("waiting")).isEqualTo(2);
        assertThat(town.job(2).getString("state")).isEqualTo("HELD");
        assertThat(town.job(2).getString("waitsFor")).isEqualTo("approval");
        assertThat(town.job(2).getString("says")).isNull();
        assertThat(town.model().getValue("job")).as("nothing is under way").isNull();
        town.label(1, 20, true);
        town.restart().warmUp();
        assertThat(training(town).getLong("waiting")).isEqualTo(2);
        assertThat(training(town).getString("asks")).isNotNull();
        assertThat(training(town).getString("obstacle")).isEqualTo("job 2 waits for approval");
        assertThat(town.worker.orders).hasSize(1);

        Operation approval = Bus.keyed(Bus.operation(Kind.APPROVE, "", 2, "{}", null), "once");
        town.bus.ask(approval);
        TrainOrder order = town.order(2);
        assertThat(order.job()).isEqualTo(2);
        assertThat(new JsonObject(town.bus.ask(approval).body()).getLong("id")).isEqualTo(2);
        assertThat(refused(town, Kind.APPROVE, 2))
                .hasMessageMatching("job 2: (QUEUED|RUNNING) \\(expected: a job that waits for approval\\)");
        town.finish(order, "two", Town.counts(90, 100));
        assertThat(town.job(2).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(town.job(2).containsKey("waitsFor")).isFalse();
        assertThat(town.foldedStates()).isEqualTo(town.statesFromCheckpoints());
        assertThat(town.store().check().broken()).isEmpty();
    }

    @Test
    void endsUntrainedWhatAnOperatorDrops() {
        Town town = town(EAGER.restrainedBy(new Restraint(0, 1, 0, Approval.MANUAL)));
        town.label(1, 20, true);
        town.bus.ask(Kind.DROP, "", 2, "{\"reason\":\"not on a Friday\"}");
        assertThat(town.job(2).getString("state")).isEqualTo("REJECTED");
        assertThat(town.job(2).getString("says"))
                .isEqualTo("dropped by an operator before it was trained: not on a Friday");
        assertThat(training(town).getValue("waiting")).isNull();
        assertThat(refused(town, Kind.DROP, 2)).hasMessage("job 2: REJECTED (expected: a job that waits for approval)");
        assertThat(refused(town, Kind.APPROVE, 7)).hasMessage("job: 7 (expected: the number of a job)");
        town.label(1, 20, true);
        assertThat(training(town).getLong("waiting")).isEqualTo(3);
        assertThat(town.worker.orders).hasSize(1);
    }

    private static ReplyException refused(Town town, Kind kind, long job) {
        return town.bus.refused(Bus.operation(kind, "", job, "{}", null));
    }

    @Test
    void isHeldForAPersonAfterThreeFailuresUntilItIsResumed() {
        Town town = town(EAGER);
        for (int order = 2; order <= 4; order++) {
            retrainedInVain(town, order);
        }
        town.label(1, 20, true);
        String held = training(town).getString("held");
        assertThat(held).startsWith("3 automatic trainings in a row came to nothing, the last because post-training");
        assertThat(town.worker.orders).hasSize(4);
        town.restart().warmUp();
        assertThat(training(town).getString("held")).isEqualTo(held);
        assertThat(training(town).getString("obstacle")).isEqualTo("held for a person: " + held);
        assertThat(events(town, "RETRAINING_HELD")).isEqualTo(1);

        town.operate(Kind.RESUME, new JsonObject());
        town.order(5);
        assertThat(training(town).getValue("held")).isNull();
        assertThat(training(town).getInteger("failuresInARow")).isZero();
    }

    private static int events(Town town, String type) {
        String query = new JsonObject().put("type", type).encode();
        return new JsonObject(town.bus.ask(Kind.EVENTS, "", 0, query).body())
                .getJsonArray("events")
                .size();
    }

    @Test
    void coolsDownBeforeTheNext() {
        Town town = town(EAGER.restrainedBy(new Restraint(60, 3, 0, Approval.AUTOMATIC)));
        retrainedInVain(town, 2);
        town.label(1, 20, true);
        assertThat(training(town).getString("obstacle")).isEqualTo("it cools down until 2026-03-04T05:07:07Z");
        assertThat(training(town).getString("coolsDownUntil")).isEqualTo("2026-03-04T05:07:07Z");
        assertThat(town.worker.orders).hasSize(2);
        town.clock.turn(Duration.ofSeconds(60));
        town.order(3);
    }

    @Test
    void isHeldForAPersonWhenADaysTrainingsAreUsedUp() {
        Town town = town(EAGER.restrainedBy(new Restraint(0, 0, 2, Approval.AUTOMATIC)));
        retrainedInVain(town, 2);
        retrainedInVain(town, 3);
        assertThat(training(town).getValue("held")).isNull();
        town.label(1, 20, true);
        assertThat(training(town).getString("held")).startsWith("2 automatic trainings within 24 hours");
        town.operate(Kind.RETRAIN, new JsonObject());
        assertThat(training(town).getValue("held")).isNull();
        town.order(4);
    }

    @Test
    void tellsHowFarAJobIsAndHowItWent() {
        Town town = town(EAGER);
        town.operate(Kind.RETRAIN, new JsonObject());
        TrainOrder order = town.order(2);
        assertThat(order.plan().stopping())
                .as("an operator's order makes every pass that does not diverge")
                .isEqualTo(Stopping.DEFAULT.withoutEarlyStop());
        await().until(() -> town.job(2).getString("state").equals("RUNNING"));
        town.vertx.eventBus().send(Addresses.JOB_PROGRESS, new JobProgress(2, 3, 10, .5, 1.5));
        assertThat(town.job(2).getDouble("etaSeconds")).isEqualTo(1.5);
        assertThat(town.job(2).getString("startedAt"))
                .isEqualTo(town.clock.instant().toString());
        TrainingCourse course = new TrainingCourse(
                4,
                List.of(new Point(1, .7, .8), new Point(2, null, null)),
                12,
                3,
                "no better",
                Map.of(Unusable.UNFIT_INPUT, 2),
                5);
        town.bus.request(
                Addresses.JOB_OUTCOME,
                new JobOutcome(
                        2,
                        Town.NODE,
                        FakeWorker.trained("two"),
                        null,
                        48,
                        2,
                        .7,
                        .1,
                        Town.counts(90, 100),
                        Town.counts(90, 100),
                        null,
                        course),
                Acknowledged.class);
        JsonObject job = town.restart().job(2);
        assertThat(job.getInteger("epoch")).isEqualTo(4);
        assertThat(job.getString("stopped")).isEqualTo("no better");
        assertThat(job.getInteger("bestEpoch")).isEqualTo(3);
        assertThat(job.getInteger("watchedRows")).isEqualTo(12);
        assertThat(job.getInteger("outOfVocabulary")).isEqualTo(5);
        assertThat(job.getJsonObject("dropped"))
                .isEqualTo(new JsonObject()
                        .put("unknownTruth", 0)
                        .put("emptyInput", 0)
                        .put("unfitInput", 2));
        assertThat(job.getJsonArray("losses").getJsonObject(1))
                .isEqualTo(new JsonObject().put("epoch", 2).putNull("loss").putNull("watched"));
        assertThat(job.getValue("etaSeconds")).isNull();
    }

    @Test
    void refusesSamplesOfWhichNoneIsUsableAndTakesThemWithOneThatIs() {
        Town town = town(EAGER);
        String bad = "{\"input\":\"a\",\"truth\":\"eggs\"},{\"input\":\"\",\"truth\":\"ham\"}";
        assertThat(town.refused(Kind.RETRAIN, "{\"samples\":[" + bad + "]}"))
                .hasMessage("samples: 0 usable of 2 (expected: at least 1; samples[0] has a truth that is no label)");
        town.bus.ask(Kind.RETRAIN, Town.MAIL, 0, "{\"samples\":[" + bad + ",{\"input\":\"b\",\"truth\":\"ham\"}]}");
        TrainOrder order = town.order(2);
        assertThat(order.rows()).hasSize(3);
        assertThat(order.plan().stopping()).isEqualTo(Stopping.NEVER);
    }

    @Test
    void leavesTheParentsArtifactAsItWas() {
        Town town = town(EAGER);
        String sha = town.version(1).getString("sha256");
        byte[] before = town.store().artifact(sha).orElseThrow();
        for (int order = 2; order <= 3; order++) {
            retrainedInVain(town, order);
            assertThat(town.order(order).parent().bytes()).isEqualTo(before);
        }
        assertThat(town.restart().store().artifact(sha))
                .hasValueSatisfying(now -> assertThat(now).isEqualTo(before));
        assertThat(town.version(1).getString("sha256")).isEqualTo(sha);
    }
}
