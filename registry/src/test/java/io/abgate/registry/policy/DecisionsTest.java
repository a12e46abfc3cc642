package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DecisionsTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    @Test
    void asksForNothingWithoutAChampion() {
        History history = new History(Mail.SHIPPED).stores(1);
        assertThat(history.learns(1, 300, true).next()).isEmpty();
    }

    @Test
    void retrainsAtTheTwoHundredAndFiftiethNewLabelAndNotBefore() {
        History history = History.withChampion(Mail.SHIPPED).learns(1, 249, true);
        assertThat(history.next()).isEmpty();
        assertThat(history.learns(1, 1, true).next()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.RETRAIN);
            assertThat(verdict.reason()).isEqualTo("250 new labels since the last training");
        });
    }

    @Test
    void countsNewLabelsFromTheLastTrainingThatWasOrdered() {
        History history = History.withChampion(Mail.SHIPPED).learns(1, 250, true);
        history.happens(new JobQueued(1, true, "test")).happens(new JobEnded(1, "FAILED", null, "test"));
        assertThat(history.next()).isEmpty();
        assertThat(history.learns(1, 249, true).next()).isEmpty();
        assertThat(history.learns(1, 1, true).nextKind()).contains(Kind.RETRAIN);
    }

    @Test
    void ordersNoSecondTrainingWhileOneIsUnderWay() {
        History history = History.withChampion(Mail.SHIPPED).happens(new JobQueued(1, false, "test"));
        assertThat(history.learns(1, 600, true).next()).isEmpty();
        assertThat(history.happens(new JobEnded(1, "REJECTED", null, "test")).nextKind())
                .contains(Kind.RETRAIN);
    }

    @Test
    void ordersNoTrainingWhileAShadowIsOnTrialOrWhilePaused() {
        History history = History.withChampion(Mail.SHIPPED).stores(2).learns(1, 250, true);
        history.moves(2, Stage.SHADOW);
        assertThat(history.next()).isEmpty();
        history.moves(2, Stage.CANDIDATE);
        assertThat(history.nextKind()).contains(Kind.RETRAIN);
        history.happens(new AutomationSet(true, false, "test"));
        assertThat(history.next()).isEmpty();
    }

    @Test
    void promotesAShadowThatHadAsManyCopiesRightAsTheChampion() {
        History history = shadowed(QUIET).pairs(1, 2, 50, true, true).pairs(1, 2, 49, false, false);
        assertThat(history.next()).isEmpty();
        assertThat(history.pair(1, 2, true, true).next()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.PROMOTE);
            assertThat(verdict.version()).isEqualTo(2);
            assertThat(verdict.reason()).isEqualTo("51 of 100 labelled copies right against 51 of the champion's");
        });
    }

    @Test
    void takesBackAShadowThatHadOneCopyFewerRight() {
        History history = shadowed(QUIET).pairs(1, 2, 99, true, true).pair(1, 2, true, false);
        assertThat(history.next()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.ROLL_BACK);
            assertThat(verdict.version()).isEqualTo(2);
        });
    }

    @Test
    void waitsForNoShadowThatAnswersNoCopyAtAllButDoesNotTakeItBack() {
        History history = shadowed(QUIET).routes(Set.of(1, 2)).copied(1, 499);
        assertThat(history.state.trial().orElseThrow().isOpen()).isTrue();
        history.copied(1, 1);
        assertThat(history.next()).as("no part of its budget is staked on that").isEmpty();
        assertThat(history.state.trial().orElseThrow().isOpen()).isFalse();
        assertThat(Decisions.trial(history.state)).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.HOLD);
            assertThat(verdict.reason())
                    .isEqualTo("it answered no copy of 500 labelled requests; it makes way for a newer version");
        });
        history.pair(1, 2, true, true);
        assertThat(history.state.trial().orElseThrow().isOpen())
                .as("it answers")
                .isTrue();
    }

    @Test
    void countsNoSilenceOfRequestsThatTheShadowWasNotToAnswer() {
        History history = History.withChampion(QUIET);
        List<Outcome> early = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            early.add(History.told(history.request(1, 1, PredictionId.SAMPLED, i), true));
        }
        history.stores(2).moves(2, Stage.SHADOW).routes(Set.of(1, 2));
        history.learns(early.toArray(new Outcome[0])).learns(1, 500, true);
        ShadowTrial trial = history.state.trial().orElseThrow();
        assertThat(trial.unanswered()).as("of before, and not copied").isZero();
        assertThat(trial.isSilent()).isFalse();
    }

    @Test
    void retrainsAModelWhoseShadowIsSilent() {
        History history = shadowed(Mail.SHIPPED.withoutDropRules()).routes(Set.of(1, 2));
        assertThat(history.copied(1, 499).next()).as("on trial").isEmpty();
        assertThat(history.copied(1, 1).nextKind()).contains(Kind.RETRAIN);
    }

    @Test
    void leavesAShadowToThePersonWhereTheModelIsPromotedByHand() {
        assertThat(shadowed(QUIET.promotedByHand())
                        .pairs(1, 2, 200, false, true)
                        .next())
                .isEmpty();
    }

    @Test
    void promotesNobodyWhilePausedAndDoesSoOnceResumed() {
        History history = shadowed(QUIET).happens(new AutomationSet(true, false, "test"));
        assertThat(history.pairs(1, 2, 100, false, true).next()).isEmpty();
        assertThat(history.happens(new AutomationSet(false, false, "test")).nextKind())
                .contains(Kind.PROMOTE);
    }

    @Test
    void promotesNobodyElseWhileACanaryRuns() {
        History history = shadowed(QUIET).stores(3).canary(3, .2);
        assertThat(history.pairs(1, 2, 100, false, true).next()).isEmpty();
        assertThat(Decisions.trial(history.state).map(Verdict::kind)).contains(Kind.HOLD);
        assertThat(history.moves(3, Stage.CANDIDATE).nextKind()).contains(Kind.PROMOTE);
    }

    @Test
    void rollsBackTheCanaryWhenTheEValueReachesTheThreshold() {
        History history = canaried();
        int labels = 0;
        while (history.next().isEmpty()) {
            assertThat(history.state.version(2).life().g()).isLessThan(20);
            history.learns(1, 1, true).learns(2, 1, false);
            labels += 2;
        }
        assertThat(labels).isLessThan(60);
        assertThat(history.state.version(2).life().g()).isGreaterThanOrEqualTo(20);
        assertThat(history.next()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.ROLL_BACK);
            assertThat(verdict.version()).isEqualTo(2);
            assertThat(verdict.reason()).contains("champion 1", "the threshold is 20");
        });
    }

    @Test
    void keepsTheRollbackArmedWhilePausedButNotWhileFrozen() {
        History history = canaried().learns(1, 100, true).learns(2, 100, false);
        history.happens(new AutomationSet(true, false, "test"));
        assertThat(history.nextKind()).contains(Kind.ROLL_BACK);
        history.happens(new AutomationSet(true, true, "test"));
        assertThat(history.next()).isEmpty();
        history.happens(new AutomationSet(false, false, "test"));
        assertThat(history.nextKind()).contains(Kind.ROLL_BACK);
    }

    @Test
    void rollsBackBeforeItRetrains() {
        History history =
                History.withChampion(Mail.SHIPPED).stores(2).canary(2, .5).routes(Set.of(1, 2));
        history.learns(1, 200, true).learns(2, 200, false);
        assertThat(history.nextKind()).contains(Kind.ROLL_BACK);
        assertThat(history.moves(2, Stage.QUARANTINED).nextKind()).contains(Kind.RETRAIN);
    }

    private static History shadowed(Mail mail) {
        return History.withChampion(mail).stores(2).moves(2, Stage.SHADOW);
    }

    private static History canaried() {
        return History.withChampion(QUIET).stores(2).canary(2, .5).routes(Set.of(1, 2));
    }
}
