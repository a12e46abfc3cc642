package io.abgate.registry.policy.rollout;

import static io.abgate.registry.policy.rollout.RolloutPolicyTest.agree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What part of its wealth a version stakes, and when. */
final class StakedLifeTest {
    private static final RolloutSettings SETTINGS = RolloutSettings.DEFAULT;

    private final StakedLife staked = new StakedLife(SETTINGS);
    private final LifeLedger life = staked.wealth();

    @Test
    void stakesAPartOfTheBudgetInEachPhase() {
        RolloutPolicy policy = policy(Phase.SHADOW);
        assertThat(life.g()).isEqualTo(.2);
        policy.enter(Phase.CANARY);
        assertThat(life.g()).isEqualTo(.5);
        policy.enter(Phase.GUARD);
        assertThat(life.g()).isEqualTo(.5);
        agree(policy, 1);
        assertThat(life.u()).isCloseTo(.45, within(1e-15)); // .10 / (1 · 2)
        agree(policy, 999);
        assertThat(life.u()).isCloseTo(.45, within(1e-15));
        agree(policy, 1);
        assertThat(life.u()).isCloseTo(.45 - .1 / 6, within(1e-15));
    }

    @Test
    void addsTheStakeOfASkippedPhaseToTheNext() {
        policy(Phase.CANARY);
        assertThat(life.g()).isEqualTo(.5);
    }

    @Test
    void stakesAPhaseThatComesAgainOnlyOnce() {
        RolloutPolicy policy = policy(Phase.CANARY);
        policy.enter(Phase.CANARY);
        policy.enter(Phase.SHADOW);
        policy.enter(Phase.GUARD);
        assertThat(life.u()).isEqualTo(.5);
    }

    @Test
    void goesOnInTheScheduleOfALifeThatWasGuardedBefore() {
        agree(policy(Phase.GUARD), 1_500);
        double left = life.u();
        RolloutPolicy again = RolloutPolicy.ofChampion(SETTINGS, staked, Counts.NONE);
        agree(again, 500);
        assertThat(life.u()).isEqualTo(left);
        agree(again, 1);
        assertThat(life.u()).isCloseTo(left - .1 / 12, within(1e-15)); // its third block, not its first
    }

    @Test
    void stakesEverythingByTheEndOfTheCanaryWhereThereIsNoGuard() {
        StakedLife unguarded =
                new StakedLife(RolloutSettings.of(new ModelSettings.Rollout(Promotion.EVIDENCE, 1, .05, 0)));
        unguarded.enter(Phase.CANARY);
        assertThat(unguarded.wealth().g()).isEqualTo(1);
        assertThat(RolloutSettings.of(new ModelSettings.Rollout(Promotion.EVIDENCE, 1, .01, .1))
                        .guard()
                        .controlShare())
                .isEqualTo(.1);
    }

    @Test
    void neverStakesMoreThanEverythingHoweverLongItLives() {
        RolloutPolicy policy = policy(Phase.GUARD);
        for (int i = 0; i < 60; i++) {
            agree(policy, 1_000);
            policy.enter(Phase.ATTRIBUTION);
            policy.enter(Phase.GUARD);
        }
        assertThat(life.u()).isBetween(0.0, .01);
    }

    @Test
    void refusesStakesThatAddUpToMoreThanThereIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stakes(.5, .3, .2, .1))
                .withMessageStartingWith("sum of the stakes: 1.1");
        Stakes beside = Stakes.DEFAULT.scaled(.8);
        assertThat(beside.shadow() + beside.canary() + beside.guard() + beside.alarms())
                .isCloseTo(.8, within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RolloutSettings.Canary(List.of(), .05, 5, 6_000))
                .withMessage("canary.steps: [] (expected: at least one)");
    }

    private RolloutPolicy policy(Phase first) {
        return new RolloutPolicy(SETTINGS, staked, first, 0);
    }
}
