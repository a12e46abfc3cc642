package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.StageChanged.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trigger asks for, and what stands in its way. */
final class RetrainingTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final Mail EAGER = Mail.SHIPPED.withoutDropRules().retrainingEvery(1);

    private long job = 7;

    private static History asked(Restraint restraint) {
        return History.withChampion(EAGER.restrainedBy(restraint)).learns(1, 1, true);
    }

    private static Restraint cooling(int seconds) {
        return new Restraint(seconds, 0, 0, Approval.AUTOMATIC);
    }

    private static Restraint failing(int inARow) {
        return new Restraint(0, inARow, 0, Approval.AUTOMATIC);
    }

    private static Restraint capped(int perDay) {
        return new Restraint(0, 0, perDay, Approval.AUTOMATIC);
    }

    /** An automatic training, after which another label asks for the next. */
    private History trained(History history, Instant at, String state) {
        job++;
        return history.happens(new JobQueued(job, true, "test", at.toEpochMilli()))
                .happens(new JobEnded(job, state, null, "of the loss", at.toEpochMilli()))
                .learns(1, 1, true);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "59.999, false", "60, true", "61, true", "-0.001, true"})
    void coolsDownAfterTheEndOfAnAutomaticOne(double secondsLater, boolean retrains) {
        History history = trained(asked(cooling(60)), NOON, "SUCCEEDED");
        Instant now = NOON.plusMillis((long) (secondsLater * 1_000));
        assertThat(history.next(now).isPresent()).isEqualTo(retrains);
        assertThat(Retraining.trigger(history.state)).isPresent();
        if (!retrains) {
            assertThat(Retraining.obstacle(history.state, now)).contains("it cools down until 2026-03-04T12:01:00Z");
        }
    }

    @Test
    void coolsDownFromNothingThatAnOperatorOrdered() {
        History history = asked(cooling(60))
                .happens(new JobQueued(1, false, "test", NOON.toEpochMilli()))
                .happens(new JobEnded(1, "SUCCEEDED", null, "test", NOON.toEpochMilli()));
        assertThat(history.next(NOON).map(Verdict::kind)).contains(Verdict.Kind.RETRAIN);
    }

    @Test
    void leavesTheModelToAPersonAfterSoManyFailuresInARow() {
        History history = trained(trained(asked(failing(3)), NOON, "REJECTED"), NOON, "FAILED");
        assertThat(history.next(NOON).map(Verdict::kind)).contains(Verdict.Kind.RETRAIN);
        Verdict verdict = trained(history, NOON, "REJECTED").next(NOON).orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.HOLD);
        assertThat(verdict.reason())
                .isEqualTo("3 automatic trainings in a row came to nothing, the last because of the loss");
        assertThat(history.happens(new RetrainingHeld(verdict.reason())).next(NOON))
                .isEmpty();
        assertThat(Retraining.obstacle(history.state, NOON))
                .hasValueSatisfying(why -> assertThat(why).startsWith("held for a person: 3 automatic"));
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED", "HELD"})
    void forgetsFailuresAfterOneThatWorked(String state) {
        History history = trained(trained(asked(failing(3)), NOON, "REJECTED"), NOON, "FAILED");
        trained(trained(history, NOON, state), NOON, "REJECTED");
        assertThat(history.state.retrainings().failuresInARow()).isEqualTo(1);
        assertThat(history.next(NOON).map(Verdict::kind)).contains(Verdict.Kind.RETRAIN);
    }

    @Test
    void countsNeitherAFirstVersionNorAnOperatorsOrder() {
        History history = new History(EAGER.restrainedBy(failing(1)));
        history.happens(new JobQueued(1, true, "first", NOON.toEpochMilli()))
                .happens(new JobEnded(1, "FAILED", null, "test", NOON.toEpochMilli()))
                .stores(1)
                .moves(1, Stage.CHAMPION)
                .happens(new JobQueued(2, false, "by hand", NOON.toEpochMilli()))
                .happens(new JobEnded(2, "FAILED", null, "test", NOON.toEpochMilli()))
                .learns(1, 1, true);
        assertThat(history.next(NOON).map(Verdict::kind)).contains(Verdict.Kind.RETRAIN);
    }

    @Test
    void goesOnWhenAnOperatorOrdersOneOrResumesOrAVersionIsPromoted() {
        assertThat(held().happens(new JobQueued(99, false, "test", 0L))
                        .happens(new JobEnded(99, "FAILED", null, "test", 0L))
                        .nextKind())
                .contains(Verdict.Kind.RETRAIN);
        assertThat(held().happens(new AutomationSet(false, false, "test")).nextKind())
                .contains(Verdict.Kind.RETRAIN);
        History promoted = held().stores(2).happens(StageChanged.of(Kind.PROMOTED, 2, Stage.CHAMPION, "test"));
        assertThat(promoted.state.retrainings().held()).isEmpty();
        assertThat(held().happens(new AutomationSet(true, false, "test")).nextKind())
                .isEmpty();
    }

    private History held() {
        return trained(asked(failing(1)), Instant.EPOCH, "REJECTED").happens(new RetrainingHeld("test"));
    }

    @Test
    void leavesTheModelToAPersonWhenADaysTrainingsAreUsedUp() {
        History history = trained(trained(asked(capped(2)), NOON, "SUCCEEDED"), NOON.plusSeconds(60), "SUCCEEDED");
        Instant lastMoment = NOON.plus(Duration.ofHours(24)).minusMillis(1);
        assertThat(history.next(lastMoment)).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.HOLD);
            assertThat(verdict.reason())
                    .isEqualTo("2 automatic trainings within 24 hours (expected: at most 2), and a trigger asks for"
                            + " another one");
        });
        assertThat(history.next(lastMoment.plusMillis(1)).map(Verdict::kind)).contains(Verdict.Kind.RETRAIN);
        history.happens(new RetrainingHeld("test")).happens(new AutomationSet(false, false, "test"));
        assertThat(history.next(lastMoment).map(Verdict::kind))
                .as("a person has seen it: the day begins anew")
                .contains(Verdict.Kind.RETRAIN);
    }

    @Test
    void holdsNothingForAPersonWhenNothingAsksForMore() {
        History history = trained(asked(capped(1)), NOON, "SUCCEEDED");
        history.happens(new JobQueued(50, true, "test", NOON.toEpochMilli()))
                .happens(new JobEnded(50, "SUCCEEDED", null, "test", NOON.toEpochMilli()));
        assertThat(history.next(NOON)).isEmpty();
        assertThat(Retraining.obstacle(history.state, NOON)).isEmpty();
    }

    @Test
    void asksForNoSecondOneWhileOneWaitsForApproval() {
        History history = asked(Restraint.DEFAULT).happens(new JobHeld(9, "test"));
        assertThat(history.state.totals().labelsSinceTraining()).isZero();
        assertThat(history.learns(1, 5, true).next(NOON)).isEmpty();
        assertThat(Retraining.obstacle(history.state, NOON)).contains("job 9 waits for approval");
        assertThat(history.state.openJobs()).as("nothing is under way").isEmpty();
        history.happens(new JobQueued(9, true, "test", 0L));
        assertThat(Retraining.obstacle(history.state, NOON)).contains("job 9 is under way");
    }

    @Test
    void takesADroppedOneForNoFailure() {
        History history = asked(failing(1)).happens(new JobHeld(9, "test"));
        history.happens(new JobEnded(9, "REJECTED", null, "dropped", 0L));
        assertThat(history.state.retrainings().failuresInARow()).isZero();
        assertThat(history.next(NOON)).as("its labels are spent").isEmpty();
        assertThat(history.learns(1, 1, true).next(NOON).map(Verdict::kind)).contains(Verdict.Kind.RETRAIN);
    }

    @Test
    void coolsDownAfterOneThatWasDropped() {
        History history =
                asked(new Restraint(60, 0, 0, Restraint.Approval.MANUAL)).happens(new JobHeld(9, "test"));
        history.happens(new JobEnded(9, "REJECTED", null, "dropped", NOON.toEpochMilli()));
        history.learns(1, 1, true);
        assertThat(history.next(NOON.plusSeconds(59))).isEmpty();
        assertThat(history.next(NOON.plusSeconds(60)).map(Verdict::kind)).contains(Verdict.Kind.RETRAIN);
    }

    @Test
    void saysWhatStandsInTheWay() {
        assertThat(Retraining.obstacle(new History(EAGER).state, NOON)).contains("the model has no champion yet");
        History history = asked(Restraint.DEFAULT);
        assertThat(Retraining.obstacle(history.state, NOON)).isEmpty();
        history.stores(2).moves(2, Stage.SHADOW);
        assertThat(Retraining.obstacle(history.state, NOON)).contains("version 2 is in shadow");
        history.happens(new AutomationSet(true, false, "test"));
        assertThat(Retraining.obstacle(history.state, NOON)).contains("automatic decisions are paused");
    }
}
