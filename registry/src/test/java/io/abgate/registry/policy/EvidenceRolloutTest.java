package io.abgate.registry.policy;

import static io.abgate.registry.policy.History.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.PromotionProof.Step;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.rollout.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The way of a version from shadow to champion where evidence decides. */
final class EvidenceRolloutTest {
    private static final PromotionProof SHORT =
            new PromotionProof(.05, .10, 60, 80, List.of(new Step(.25, 10), new Step(.5, 20)), .2, 200);
    static final Mail BY_EVIDENCE =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).guardedBy(.05).promotedByEvidence(SHORT);

    @Test
    void aShadowGoesToTheFirstStepWhenItIsProvenOnEnoughCopiesAndNotBefore() {
        History history = shadowed(BY_EVIDENCE).pairs(1, 2, 59, true, true);
        assertThat(history.next()).isEmpty();
        assertThat(Decisions.proof(history.state, 2)).isEmpty();
        assertThat(history.pair(1, 2, true, true).next()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PROMOTE);
            assertThat(verdict.version()).isEqualTo(2);
            assertThat(verdict.reason()).isEqualTo("proven less than 10.0 points worse on 60 labelled copies");
            assertThat(verdict.figures()).containsEntry("labels", 60.0).containsEntry("margin", .10);
        });
        assertThat(Decisions.proof(history.state, 2)).isPresent();
    }

    @Test
    void aShadowThatIsWorseIsTakenBackAlsoWhilePausedButNotWhileFrozen() {
        History history = shadowed(BY_EVIDENCE);
        while (!history.state.version(2).life().isSpent()) {
            assertThat(history.next()).isEmpty();
            history.pair(1, 2, true, false);
        }
        assertThat(history.next()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
            assertThat(verdict.reason()).startsWith("worse than the champion on the same requests");
        });
        history.happens(new AutomationSet(true, false, "test"));
        assertThat(history.nextKind()).contains(Verdict.Kind.ROLL_BACK);
        history.happens(new AutomationSet(true, true, "test"));
        assertThat(history.next()).isEmpty();
    }

    /** The champion fails on 15 of a hundred and is right on 95 of a hundred others: on 81 of all; its shadow on 87. */
    @Test
    void aShadowIsNotTakenBackBesideAChampionThatFailsOften() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        History history = shadowed(BY_EVIDENCE.promotedByEvidence(PromotionProof.DEFAULT));
        for (int i = 0; i < 5_000 && history.next().isEmpty(); i++) {
            boolean right = random.nextDouble() < .87;
            if (random.nextDouble() < .15) {
                PredictionId id = history.request(1, 3, PredictionId.FALLBACK, random.nextLong());
                history.fold.shadowAnswer(id.timeMillis(), id.nonce(), 2, right ? 0 : 1);
                history.learns(told(id, true));
            } else {
                history.pair(1, 2, random.nextDouble() < .95, right);
            }
        }
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
    }

    @Test
    void aShadowCountsTheFirstLabelOfAKeyAndTheRowsOfARequestOnce() {
        History history = shadowed(BY_EVIDENCE);
        PredictionId row = history.request(1, 1, 0, 77);
        PredictionId next = new PredictionId(1, 0, 1, 1, 1, 0, .9f, row.epoch(), 77, row.timeMillis(), 900);
        PredictionId later = history.request(1, 1, 0, 77);
        for (PredictionId id : List.of(row, next, later)) {
            history.fold.shadowAnswer(id.timeMillis(), id.nonce(), 2, 0);
        }
        history.learns(told(row, true), told(next, true)).learns(told(later, true));
        Experiment shadow = history.state.trial().orElseThrow().evidence().orElseThrow();
        assertThat(shadow.collected().received()).isEqualTo(3);
        assertThat(shadow.collected().units()).isEqualTo(1);
    }

    @Test
    void aShadowThatStaysUndecidedMakesWayForATraining() {
        Mail eager = BY_EVIDENCE.retrainingEvery(10);
        History history = shadowed(eager);
        for (int i = 0; i < 79; i++) {
            history.pair(1, 2, i % 8 < 4, i % 8 >= 2 && i % 8 < 6);
        }
        assertThat(history.next()).as("on trial").isEmpty();
        history.pair(1, 2, true, true);
        assertThat(history.state.trial().orElseThrow().isOpen()).isFalse();
        assertThat(history.nextKind()).contains(Verdict.Kind.RETRAIN);
    }

    @Test
    void aCanaryBecomesChampionWhenItIsProvenAndTheLadderClimbed() {
        History history = laddered(BY_EVIDENCE);
        while (history.next().isEmpty()) {
            learns(history, 1, true, true);
            history.routes(Set.of(1, 2));
        }
        assertThat(history.next()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PROMOTE);
            assertThat(verdict.reason()).startsWith("proven less than ");
        });
        assertThat(canary(history).units().labels()
                        + canary(history).controlUnits().labels())
                .isBetween(30L, 200L);
        Counts known = canary(history).units();
        double g = history.state.version(2).life().g();
        history.promotes(2, 1).routes(Set.of(1, 2));
        Experiment guard = history.guard();
        assertThat(guard.policy().phase()).isEqualTo(Phase.GUARD);
        assertThat(history.state.version(2).life().g()).isEqualTo(g);
        assertThat(history.state
                        .snapshot()
                        .evidence()
                        .experiments()
                        .guard()
                        .policy()
                        .fall()
                        .baseline()
                        .labels())
                .isEqualTo(known.labels());
        double used = history.state.version(2).marginUse().total();
        assertThat(used).isGreaterThan(0).isLessThanOrEqualTo(.2);
        history.stores(3).climbs(3, .25);
        assertThat(history.state
                        .canary()
                        .orElseThrow()
                        .policy()
                        .snapshot()
                        .margin()
                        .left())
                .as("margins add up")
                .isCloseTo(.2 - used, within(1e-15));
    }

    @Test
    void aVersionThatWasBetterAsAShadowHasNoMoreOfTheMarginForIt() {
        History history = laddered(BY_EVIDENCE);
        while (history.next().isEmpty()) {
            learns(history, 1, true, true);
            history.routes(Set.of(1, 2));
        }
        history.promotes(2, 1).routes(Set.of(1, 2));
        double used = history.state.version(2).marginUse().total();
        assertThat(used).isPositive();
        history.stores(3).moves(3, Stage.SHADOW).pairs(2, 3, 60, false, true);
        history.climbs(3, .25);
        assertThat(history.state
                        .canary()
                        .orElseThrow()
                        .policy()
                        .snapshot()
                        .margin()
                        .left())
                .isCloseTo(.2 - used, within(1e-15));
    }

    @Test
    void aRollbackGivesTheFormerChampionWhatItHadUsedItself() {
        History history = laddered(BY_EVIDENCE);
        while (history.next().isEmpty()) {
            learns(history, 1, true, true);
            history.routes(Set.of(1, 2));
        }
        history.promotes(2, 1).routes(Set.of(1, 2));
        history.happens(new StageChanged(
                Kind.ROLLED_BACK, 2, Map.of(2, Stage.QUARANTINED, 1, Stage.CHAMPION), 0, "test", Map.of(), false));
        history.stores(3).climbs(3, .25);
        assertThat(history.state
                        .canary()
                        .orElseThrow()
                        .policy()
                        .snapshot()
                        .margin()
                        .left())
                .isEqualTo(.2);
    }

    @Test
    void aCanaryThatIsWorseIsTakenBack() {
        History history = laddered(BY_EVIDENCE);
        while (!history.state.version(2).life().isSpent()) {
            learns(history, 1, true, false);
        }
        assertThat(history.next()).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
            assertThat(verdict.reason()).startsWith("less accurate than champion 1 beside it");
        });
    }

    @Test
    void aLabelCountsWhenItsPredictionHasItsTurnAndTimeAloneBringsThat() {
        History history = laddered(BY_EVIDENCE.maturingIn(30));
        learns(history, 10, true, false);
        assertThat(canary(history).collected().received()).isEqualTo(20);
        assertThat(canary(history).collected().units()).isZero();
        long due = history.state.dueMillis().orElseThrow();
        history.happens(new TimePassed(due - 1));
        assertThat(canary(history).collected().units()).isZero();
        history.happens(new TimePassed(due));
        assertThat(canary(history).collected().units()).isEqualTo(1);
        history.happens(new TimePassed(due + 60));
        assertThat(canary(history).collected().units()).isEqualTo(20);
        assertThat(history.state.dueMillis()).isEmpty();
        learns(history, 1, true, false);
        assertThat(canary(history).collected().late()).isEqualTo(2);
    }

    @Test
    void aClockThatWasAheadOnceMakesNoLabelsLateOnceItIsSetRight() {
        History history = laddered(BY_EVIDENCE.maturingIn(1));
        learns(history, 10, true, false);
        history.happens(new TimePassed(86_400_000)); // of a registry that led for a moment
        learns(history, 1_000, true, false);
        assertThat(canary(history).collected().late()).isZero();
        assertThat(canary(history).collected().units()).isGreaterThan(1_000);
        assertThat(history.nextKind()).contains(Verdict.Kind.ROLL_BACK);
    }

    private static History shadowed(Mail mail) {
        return History.withChampion(mail).stores(2).moves(2, Stage.SHADOW);
    }

    static History laddered(Mail mail) {
        return shadowed(mail).climbs(2, .25).routes(Set.of(1, 2));
    }

    /** So many labels of new keys for each of the two. */
    static void learns(History history, int labels, boolean championRight, boolean canaryRight) {
        for (int i = 0; i < labels; i++) {
            history.learns(told(history.request(1), championRight));
            history.learns(told(history.request(2), canaryRight));
        }
    }

    static Experiment canary(History history) {
        return history.state.canary().orElseThrow();
    }
}
