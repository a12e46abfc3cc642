package io.abgate.registry.policy;

import static io.abgate.registry.policy.EvidenceRolloutTest.BY_EVIDENCE;
import static io.abgate.registry.policy.EvidenceRolloutTest.canary;
import static io.abgate.registry.policy.EvidenceRolloutTest.laddered;
import static io.abgate.registry.policy.EvidenceRolloutTest.learns;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.PromotionProof.Step;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.Stage;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** How the share of a canary grows with the evidence, stays, and falls back to the first step while it is undecided. */
final class CanaryLadderTest {
    @Test
    void theShareGrowsStepByStepWithLabelledKeysAndNotWhilePaused() {
        History history = laddered(BY_EVIDENCE);
        assertThat(history.route().share(2)).isEqualTo(.25);
        String salt = history.state.salt();
        learns(history, 4, true, true);
        history.learns(1, 1, true);
        assertThat(shareOf2(history)).as("after nine labelled keys").isEqualTo(.25);
        history.happens(new AutomationSet(true, false, "test"));
        learns(history, 1, true, true);
        assertThat(shareOf2(history)).as("paused").isEqualTo(.25);
        history.happens(new AutomationSet(false, false, "test"));
        learns(history, 1, true, true);
        assertThat(shareOf2(history)).isEqualTo(.5);
        assertThat(history.state.salt()).isEqualTo(salt);
    }

    @Test
    void whatComesWhileTheShareIsHeldIsNoLabelledKeyOfAHigherStep() {
        History history = laddered(BY_EVIDENCE).happens(new AutomationSet(true, false, "test"));
        while (!canary(history).policy().progress().isProven()) {
            history.learns(1, 3, true).learns(2, 1, true);
        }
        history.happens(new AutomationSet(false, false, "test"));
        assertThat(history.next()).as("half of the traffic was never its").isEmpty();
        learns(history, 1, true, true);
        assertThat(shareOf2(history)).isEqualTo(.5);
        history.routes(Set.of(1, 2));
        learns(history, 9, true, true);
        history.learns(1, 1, true);
        assertThat(history.next()).as("nineteen").isEmpty();
        assertThat(history.learns(2, 1, true).nextKind()).contains(Verdict.Kind.PROMOTE);
    }

    @Test
    void theShareStaysInADryRunAndWhileFrozen() {
        History dry = laddered(BY_EVIDENCE.overseenBy(
                new Oversight(Mode.DRY_RUN, Approval.AUTOMATIC, Deciding.SEQUENTIAL, Threshold.DEFAULT)));
        learns(dry, 8, true, true);
        assertThat(shareOf2(dry)).isEqualTo(.25);
        History frozen = laddered(BY_EVIDENCE).happens(new AutomationSet(true, true, "test"));
        learns(frozen, 8, true, true);
        assertThat(shareOf2(frozen)).isEqualTo(.25);
        learns(frozen.happens(new AutomationSet(false, false, "test")), 1, true, true);
        assertThat(shareOf2(frozen)).isEqualTo(.5);
    }

    @Test
    void anOperatorsCanaryKeepsItsShareAndIsNeverPromotedByItself() {
        History history =
                History.withChampion(BY_EVIDENCE).stores(2).canary(2, .5).routes(Set.of(1, 2));
        learns(history, 150, true, true);
        assertThat(history.next()).isEmpty();
        assertThat(shareOf2(history)).isEqualTo(.5);
        assertThat(Decisions.proof(history.state, 2))
                .as("an operator may promote it")
                .isPresent();
        learns(history, 200, true, false);
        assertThat(history.nextKind()).contains(Verdict.Kind.ROLL_BACK);
    }

    @Test
    void aSecondCandidateWaitsForTheCanary() {
        History history = laddered(BY_EVIDENCE).stores(3).moves(3, Stage.SHADOW);
        history.pairs(1, 3, 60, true, true).learns(2, 20, true);
        assertThat(Decisions.trial(history.state).map(Verdict::kind)).contains(Verdict.Kind.HOLD);
        assertThat(Decisions.proof(history.state, 3)).as("a canary comes first").isEmpty();
        history.moves(2, Stage.CANDIDATE);
        assertThat(Decisions.trial(history.state).map(Verdict::kind)).contains(Verdict.Kind.PROMOTE);
    }

    @Test
    void aCanaryThatStayedUndecidedMakesWayForAProvenShadow() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        History history = laddered(BY_EVIDENCE).stores(3).moves(3, Stage.SHADOW);
        while (!canary(history).makesWay()) {
            assertThat(Decisions.trial(history.state).map(Verdict::kind)).contains(Verdict.Kind.HOLD);
            boolean right = random.nextDouble() < .9;
            if (random.nextBoolean()) {
                history.pair(1, 3, right, right);
            } else {
                history.learns(2, 1, random.nextDouble() < .7);
            }
        }
        assertThat(canary(history).makesWay()).isTrue();
        assertThat(Decisions.trial(history.state)).hasValueSatisfying(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.PROMOTE);
            assertThat(verdict.version()).isEqualTo(3);
        });
    }

    @Test
    void aCanaryThatStayedUndecidedGoesBackToTheFirstStepAndTheChampionIsGuardedAgain() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
        History history = laddered(BY_EVIDENCE.promotedByEvidence(
                new PromotionProof(.05, .10, 60, 80, List.of(new Step(.25, 10), new Step(.5, 20)), .02, 200)));
        history.promotes(2, 1).routes(Set.of(1, 2));
        history.stores(3).climbs(3, .25).routes(Set.of(1, 2, 3));
        Experiment guard = history.guard();
        for (int i = 0; i < 2_000 && !canary(history).makesWay(); i++) {
            assertThat(guard.isSuspended()).isTrue();
            assertThat(history.next()).isEmpty();
            boolean fresh = random.nextDouble() < history.route().share(3);
            history.learns(fresh ? 3 : 2, 1, random.nextDouble() < .9);
            history.routes(Set.of(1, 2, 3));
        }
        assertThat(canary(history).makesWay()).isTrue();
        assertThat(guard.isSuspended()).isFalse();
        assertThat(history.route().share(3)).isEqualTo(.25);
        assertThat(history.route().share(1)).isEqualTo(.05);
        assertThat(history.route().salt()).isEqualTo(history.state.salt());
        long ofCanary = canary(history).units().labels();
        long ofGuard = guard.controlUnits().labels();
        history.learns(1, 3, true).learns(3, 2, true);
        assertThat(canary(history).units().labels()).isEqualTo(ofCanary + 2);
        assertThat(guard.controlUnits().labels()).isEqualTo(ofGuard + 3);
        history.moves(3, Stage.CANDIDATE);
        assertThat(history.state.salt())
                .as("nothing new is tossed")
                .isEqualTo(history.route().salt());
    }

    private static double shareOf2(History history) {
        return history.planned(Set.of(1, 2)).orElseThrow().share(2);
    }
}
