package io.abgate.registry.policy;

import static io.abgate.registry.policy.History.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.rollout.Phase;
import io.abgate.registry.simulation.Simulation;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A champion whose live accuracy falls: whether it is to blame, or both it and the former champion fell. */
final class FallCauseTest {
    private static final Mail GUARDED =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).guardedBy(.2);

    private final History history = History.promoted(GUARDED);

    @Test
    void seeksTheCauseOfAFallWithHalfOfTheTrafficAndAsksForATrainingWhenBothFell() {
        String salt = history.state.salt();
        fallsWithItsControl(history);
        assertThat(history.guard().policy().phase()).isEqualTo(Phase.ATTRIBUTION);
        assertThat(history.state.salt())
                .as("keys that have counted tell no more")
                .isNotEqualTo(salt);
        history.routes(Set.of(1, 2));
        assertThat(history.route().share(1)).isEqualTo(.5);
        assertThat(history.next()).isEmpty();
        for (int i = 0; i < 1_000; i++) {
            history.learns(1 + i % 2, 1, i % 4 < 2);
        }
        Verdict verdict = history.next().orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.RETRAIN);
        assertThat(verdict.reason()).startsWith("both fell: live accuracy fell and the control is no better");
        assertThat(history.guard().policy().phase()).as("the search is over").isEqualTo(Phase.GUARD);
        history.routes(Set.of(1, 2));
        assertThat(history.route().share(1)).isEqualTo(.2);
        history.happens(new JobQueued(7, true, verdict.reason()));
        assertThat(history.next()).isEmpty();
    }

    @Test
    void aTrainingThatIsOrderedWhileACanaryRunsAnswersWhatWasFoundBefore() {
        fallsWithItsControl(history);
        history.routes(Set.of(1, 2));
        for (int i = 0; i < 1_000; i++) {
            history.learns(1 + i % 2, 1, i % 4 < 2);
        }
        assertThat(history.nextKind()).contains(Verdict.Kind.RETRAIN);
        history.stores(3).canary(3, .1).routes(Set.of(1, 2, 3));
        assertThat(history.next()).as("the canary may be the answer").isEmpty();
        history.happens(new JobQueued(7, true, "another trigger")).happens(new JobEnded(7, "SUCCEEDED", null, "test"));
        history.moves(3, Stage.CANDIDATE).routes(Set.of(1, 2));
        assertThat(history.next()).isEmpty();
    }

    @Test
    void aTrainingThatSomethingElseAskedForDoesNotAnswerWhoIsToBlame() {
        fallsWithItsControl(history);
        history.happens(new JobQueued(7, true, "250 new labels since the last training"));
        assertThat(history.guard().policy().phase()).isEqualTo(Phase.ATTRIBUTION);
    }

    @Test
    void watchesOnWhileACanarySuspendsItAndSeeksTheCauseAfterwards() {
        for (int i = 0; i < 100; i++) {
            history.learns(i % 5 == 0 ? 1 : 2, 1, true);
        }
        history.stores(3).canary(3, .1).routes(Set.of(1, 2, 3));
        for (int i = 0; i < 1_000 && history.guard().policy().phase() == Phase.GUARD; i++) {
            boolean right = i < 200 || i % 20 >= 10;
            history.learns(i % 10 == 0 ? 3 : 2, 1, right);
        }
        assertThat(history.guard().policy().phase()).isEqualTo(Phase.ATTRIBUTION);
        assertThat(history.guard().isSuspended()).isTrue();
        assertThat(history.guard().asksForTraining()).isEmpty();
        history.moves(3, Stage.CANDIDATE).routes(Set.of(1, 2));
        assertThat(history.route().share(1)).isEqualTo(.5);
    }

    @Test
    void endsTheSearchAlsoWithFewReturningKeys() {
        RandomGenerator random = Simulation.random(9);
        int labels = 0;
        for (; labels < 6_000 && history.next().isEmpty(); labels++) {
            long key = labels % 400;
            boolean atControl = history.route().share(1) == .5 ? key % 2 == 0 : key % 5 == 0;
            int version = atControl ? 1 : 2;
            boolean right = random.nextDouble() < (labels < 2_000 ? .9 : .45);
            String salt = history.state.salt();
            history.learns(told(history.request(version, version, 0, key * 7_919 + 13), right));
            if (!history.state.salt().equals(salt)) {
                history.routes(Set.of(1, 2));
            }
        }
        assertThat(history.next().orElseThrow().reason())
                .isEqualTo("both fell: live accuracy fell and the control is no better after 1000 labels");
        assertThat(labels).isBetween(3_000, 3_300);
        assertThat(history.guard().units().labels()
                        + history.guard().controlUnits().labels())
                .as("each key counts once more")
                .isEqualTo(400);
    }

    @Test
    void endsTheSearchByNoRequestOfBeforeItBegan() {
        RandomGenerator random = Simulation.random(10);
        for (int i = 0; i < 300; i++) {
            history.learns(i % 5 == 0 ? 1 : 2, 1, random.nextDouble() < .9);
        }
        Outcome[] together = IntStream.range(0, 3_000)
                .mapToObj(i -> told(history.request(i % 5 == 0 ? 1 : 2), random.nextDouble() < .4))
                .toArray(Outcome[]::new);
        history.learns(together);
        assertThat(history.guard().policy().phase()).isEqualTo(Phase.ATTRIBUTION);
        assertThat(history.next()).as("no request was at the half yet").isEmpty();
        history.routes(Set.of(1, 2));
        for (int i = 0; i < 1_000; i++) {
            assertThat(history.next()).isEmpty();
            history.learns(1 + i % 2, 1, i % 4 < 2);
        }
        assertThat(history.nextKind()).contains(Verdict.Kind.RETRAIN);
    }

    @Test
    void endsTheSearchAlsoWhenTheControlGetsNoRequest() {
        history.routes(Set.of(2));
        for (int i = 0; i < 4_000 && history.next().isEmpty(); i++) {
            history.learns(2, 1, i < 300 ? i % 10 != 3 : i % 10 < 3);
            history.routes(Set.of(2)); // keys are tossed anew when the search begins
        }
        assertThat(history.next().orElseThrow().kind()).isEqualTo(Verdict.Kind.RETRAIN);
        assertThat(history.guard().policy().phase()).as("it goes on watching").isEqualTo(Phase.GUARD);
    }

    @Test
    void movesNoShareInADryRunNorWhileFrozenNorOnASplitThatLabelsShowToBeBroken() {
        History dry = History.promoted(GUARDED.overseenBy(
                new Oversight(Mode.DRY_RUN, Approval.AUTOMATIC, Deciding.SEQUENTIAL, Threshold.DEFAULT)));
        seekCause(dry);
        assertThat(share(dry)).isEqualTo(.2);
        seekCause(history);
        assertThat(share(history)).isEqualTo(.5);
        history.happens(new AutomationSet(true, true, "before any table was published"));
        assertThat(share(history)).isEqualTo(.2);
        history.happens(new AutomationSet(false, false, "test"));
        history.routes(Set.of(1, 2)).happens(new AutomationSet(true, true, "test"));
        for (int i = 0; i < 1_000; i++) {
            history.learns(1 + i % 2, 1, i % 4 < 2);
        }
        assertThat(history.guard().policy().phase()).as("the search is over").isEqualTo(Phase.GUARD);
        assertThat(share(history)).as("but the share stays").isEqualTo(.5);
        history.happens(new AutomationSet(false, false, "test"));
        assertThat(share(history)).isEqualTo(.2);
    }

    /** Until the cause is sought. */
    private static void fallsWithItsControl(History history) {
        for (int i = 0; i < 250; i++) {
            history.learns(i % 5 == 0 ? 1 : 2, 1, true);
        }
        for (int i = 0; i < 400 && history.guard().policy().phase() == Phase.GUARD; i++) {
            history.learns(i % 5 == 0 ? 1 : 2, 1, i % 2 == 0);
        }
    }

    private static void seekCause(History history) {
        for (int i = 0; i < 700 && history.guard().policy().phase() == Phase.GUARD; i++) {
            history.learns(i % 5 == 0 ? 1 : 2, 1, i < 250 || i % 2 == 0);
        }
        assertThat(history.guard().policy().phase()).isEqualTo(Phase.ATTRIBUTION);
    }

    private static double share(History history) {
        return history.planned(Set.of(1, 2)).orElseThrow().share(1);
    }
}
