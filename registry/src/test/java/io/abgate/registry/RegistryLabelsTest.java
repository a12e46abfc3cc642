package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.FeedbackResult.Rejected;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.PredictionKey;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of labels. */
final class RegistryLabelsTest {
    @TempDir
    private Path home;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0))
                .open()
                .withChampion();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void countsTheSameLabelOnce() {
        Label label = Town.label(town.request(1), true);
        assertThat(town.bus.labels(Town.MAIL, List.of(label, label))).isEqualTo(result(1, 1, 0, 0));
        assertThat(town.bus.labels(Town.MAIL, List.of(label))).isEqualTo(result(0, 1, 0, 0));
        assertThat(labels().getLong("accepted")).isEqualTo(1);
    }

    @Test
    void keepsACorrectionForReportingOnly() {
        PredictionId id = town.request(1);
        List<Label> both = List.of(Town.label(id, true), Town.label(id, false));
        assertThat(town.bus.labels(Town.MAIL, both)).isEqualTo(result(1, 0, 1, 0));
        assertThat(town.bus.labels(Town.MAIL, List.of(Town.label(id, false))))
                .as("a correction sent again")
                .isEqualTo(result(0, 1, 0, 0));
        assertThat(labels().getLong("corrected")).isEqualTo(1);
        assertThat(town.version(1).getJsonObject("live").getDouble("accuracy")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31})
    void refusesToChangeALabelForEver(int daysLate) {
        PredictionId id = town.request(1);
        town.clock.turn(Duration.ofDays(daysLate));
        int kept = 1 + LabelGroup.MOST_CHANGES;
        for (int i = 0; i < kept; i++) {
            FeedbackResult result = town.bus.labels(Town.MAIL, List.of(Town.label(id, i % 2 == 0)));
            assertThat(result.accepted() + result.corrected() + result.expired())
                    .as("label " + i)
                    .isEqualTo(1);
        }
        Label newest = Town.label(id, true);
        Label other = Town.label(id, false);
        List<Rejected> refused = town.bus
                .labels(Town.MAIL, List.of(newest, other, newest, other))
                .rejected();
        assertThat(refused)
                .hasSize(2)
                .first()
                .isEqualTo(new Rejected(
                        0,
                        "prediction_id: its label was changed 100 times (expected: the newest label again, or none)"));
        assertThat(town.store().labels(PredictionKey.of(Town.MAIL, id)))
                .as("whatever was acknowledged is there, and no more")
                .hasSize(kept);
        assertThat(town.bus.labels(Town.MAIL, List.of(newest)).duplicate()).isEqualTo(1);
    }

    @Test
    void takesLabelsAnewWhenTheFirstOneOfMuchChangedOnesWasWithdrawn() {
        PredictionId id = town.request(1);
        for (int i = 0; i <= LabelGroup.MOST_CHANGES; i++) {
            town.bus.labels(
                    Town.MAIL, List.of(new Label(0, id, i % 2 == 0 ? "ham" : "spam", null, i == 0 ? "job" : "app")));
        }
        JsonObject all = new JsonObject()
                .put("from", town.clock.instant().toString())
                .put("to", town.clock.instant().plusSeconds(1).toString())
                .put("source", "job");
        town.operate(Kind.VOID, all);
        for (int i = 0; i <= LabelGroup.MOST_CHANGES; i++) {
            assertThat(town.bus
                            .labels(Town.MAIL, List.of(Town.label(id, i % 2 == 0)))
                            .rejected())
                    .as("label " + i)
                    .isEmpty();
        }
        assertThat(town.bus.labels(Town.MAIL, List.of(Town.label(id, false))).rejected())
                .hasSize(1);
    }

    @Test
    void boundsChangesWithinOneBatchToo() {
        PredictionId id = town.request(1);
        List<Label> turns = IntStream.range(0, 200)
                .mapToObj(i -> Town.label(id, i % 2 == 0))
                .toList();
        FeedbackResult result = town.bus.labels(Town.MAIL, turns);
        assertThat(result.accepted()).isEqualTo(1);
        assertThat(result.corrected()).isEqualTo(LabelGroup.MOST_CHANGES);
        assertThat(result.rejected().size() + result.duplicate()).isEqualTo(99);
    }

    @Test
    void takesALabelOfThirtyDaysAndNotOneOfAMillisecondMore() {
        PredictionId early = town.request(1);
        PredictionId earlier = town.request(1);
        town.clock.turn(Duration.ofDays(30));
        assertThat(town.bus.labels(Town.MAIL, List.of(Town.label(early, true)))).isEqualTo(result(1, 0, 0, 0));
        town.clock.turn(Duration.ofMillis(1));
        assertThat(town.bus.labels(Town.MAIL, List.of(Town.label(earlier, true))))
                .isEqualTo(result(0, 0, 0, 1));
        assertThat(town.bus.labels(Town.MAIL, List.of(Town.label(earlier, true))))
                .as("an expired one sent again")
                .isEqualTo(result(0, 1, 0, 0));
        assertThat(labels().getLong("expired")).isEqualTo(1);
    }

    @Test
    void refusesATruthThatIsNoLabelAndSaysWhatWasExpected() {
        Label good = Town.label(town.request(1), true);
        Label bad = new Label(1, town.request(1), "junk", null, "app");
        FeedbackResult result = town.bus.labels(Town.MAIL, List.of(good, bad));
        assertThat(result.accepted()).isEqualTo(1);
        assertThat(result.rejected()).containsExactly(new Rejected(1, "truth: junk (expected: one of ham, spam)"));
    }

    @Test
    void refusesALabelOfAVersionThatNeverWas() {
        assertThat(town.bus
                        .labels(Town.MAIL, List.of(Town.label(town.request(9), true)))
                        .rejected())
                .containsExactly(new Rejected(0, "prediction_id: of version 9 (expected: a version of mail)"));
    }

    @Test
    void refusesLabelsOfAModelThatIsNotThere() {
        assertThatThrownBy(() -> town.bus.labels("post", List.of()))
                .cause()
                .isInstanceOfSatisfying(ReplyException.class, refusal -> assertThat(refusal.failureCode())
                        .isEqualTo(404))
                .hasMessage("model: post (expected: one of mail)");
    }

    @Test
    void takesARewardInPlaceOfATruth() {
        town.bus.labels(Town.MAIL, List.of(new Label(0, town.request(1), null, .25, "app")));
        assertThat(town.version(1).getJsonObject("live").getDouble("right")).isEqualTo(.25);
        assertThat(labels().getLong("sinceTraining")).isZero();
    }

    @Test
    void hasCommittedWhatItAcknowledged() {
        PredictionId id = town.request(1);
        town.bus.labels(Town.MAIL, List.of(Town.label(id, true)));
        assertThat(town.store().labels(new PredictionKey(Town.MAIL, id.timeMillis(), id.nonce())))
                .hasSize(1);
    }

    @Test
    void readsItsLedgerAgainAfterAShadowsNonsense() {
        town.worker.inspecting(Mail.LABELS);
        town.promote(town.register("two"), "shadow");
        PredictionId id = town.request(1);
        Sample sample = new Sample(id.timeMillis(), id.nonce(), "\"text\"", List.of(new ShadowAnswer(2, 99, .5f)));
        town.vertx.eventBus().send(Addresses.SAMPLES, new SampleBatch(Town.MAIL, List.of(sample)));
        assertThat(town.bus.labels(Town.MAIL, List.of(Town.label(id, true)))).isEqualTo(result(1, 0, 0, 0));
        assertThat(town.restart().version(2).getJsonObject("shadow").getInteger("candidateRight"))
                .isZero();
    }

    private JsonObject labels() {
        return town.model().getJsonObject("labels");
    }

    private static FeedbackResult result(int accepted, int duplicate, int corrected, int expired) {
        return new FeedbackResult(accepted, duplicate, corrected, expired, List.of());
    }
}
