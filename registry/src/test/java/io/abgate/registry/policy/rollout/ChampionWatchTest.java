package io.abgate.registry.policy.rollout;

import static io.abgate.registry.policy.rollout.RolloutPolicyTest.agree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.rollout.Advice.Kind;
import org.junit.jupiter.api.Test;

/** When the cause of a fall is sought, and how long. */
final class ChampionWatchTest {
    private static final RolloutSettings SETTINGS = RolloutSettings.DEFAULT;

    private final StakedLife staked = new StakedLife(SETTINGS);
    private final LifeLedger life = staked.wealth();

    @Test
    void knowsTheBaselineOfAChampionThatWasSeenBefore() {
        RolloutPolicy policy = RolloutPolicy.ofChampion(SETTINGS, staked, new Counts(180, 200));
        for (int i = 0; i < 50 && policy.phase() == Phase.GUARD; i++) {
            policy.label(i % 2, true);
        }
        assertThat(policy.phase()).isEqualTo(Phase.ATTRIBUTION);
        assertThat(policy.shares().ofControl()).isEqualTo(.5);
        policy.withdraw();
        assertThat(policy.phase())
                .as("the labels that alarmed may be those withdrawn")
                .isEqualTo(Phase.GUARD);
        assertThat(policy.life().alarms())
                .as("what was staked for it stays staked")
                .isOne();
    }

    @Test
    void asksForTheCauseWhenLiveAccuracyFallsAndThenForATraining() {
        RolloutPolicy policy = policy(Phase.GUARD);
        for (int i = 0; i < 300; i++) {
            policy.label(i % 10 == 0 ? 0 : 1, true);
        }
        assertThat(policy.phase()).isEqualTo(Phase.GUARD);
        int labels = 0;
        while (policy.phase() == Phase.GUARD) {
            policy.label(labels++ % 2, true);
        }
        assertThat(labels).isBetween(20, 50);
        assertThat(policy.life().alarms()).isOne();
        assertThat(policy.shares().ofNew()).isEqualTo(.5);
        assertThat(life.u()).isCloseTo(.3, within(1e-15)); // 1 − .20 − .30 − .40 / 2
        agree(policy, SETTINGS.attribution().labels() - 1);
        assertThat(policy.advice().kind()).isEqualTo(Kind.HOLD);
        agree(policy, 1);
        assertThat(policy.advice().kind()).isEqualTo(Kind.RETRAIN);
        assertThat(policy.phase())
                .as("its control needs no half of the traffic any more")
                .isEqualTo(Phase.GUARD);
        policy.retrainingOrdered();
        assertThat(policy.advice().kind()).isEqualTo(Kind.HOLD);
    }

    @Test
    void endsTheSearchByLabelsOfKnownKeysOrOfTheChampionAloneAndGoesOnWatching() {
        RolloutPolicy policy = RolloutPolicy.ofChampion(SETTINGS, staked, new Counts(1_800, 2_000));
        for (int i = 0; i < 50; i++) {
            policy.label(i % 2, true);
        }
        assertThat(policy.phase()).isEqualTo(Phase.ATTRIBUTION);
        for (int i = 0; i < 1_100; i++) {
            policy.label(i % 2, true);
        }
        assertThat(policy.phase()).isEqualTo(Phase.GUARD);
        assertThat(policy.advice().kind()).isEqualTo(Kind.RETRAIN);
        assertThat(policy.advice().reason()).endsWith("the control is no better after 1000 labels");
        for (int i = 0; i < 200; i++) {
            policy.label(i % 20 == 0 ? 1 : 0, true);
        }
        assertThat(policy.phase()).as("it fell further").isEqualTo(Phase.ATTRIBUTION);
        assertThat(policy.advice().kind())
                .as("what was found is not answered yet")
                .isEqualTo(Kind.RETRAIN);
        policy.withdraw();
        assertThat(policy.advice().kind()).isEqualTo(Kind.HOLD);
    }

    @Test
    void seeksNoCauseWhileTheSplitIsBroken() {
        RolloutPolicy policy = RolloutPolicy.ofChampion(SETTINGS, staked, new Counts(180, 200));
        for (int i = 0; i < 80; i++) {
            policy.unit(true, .5, 1);
        }
        assertThat(policy.live().isSplitBroken()).isTrue();
        for (int i = 0; i < 100; i++) {
            policy.label(i % 2, true);
        }
        assertThat(policy.phase()).isEqualTo(Phase.GUARD);
        assertThat(policy.shares().ofControl()).isEqualTo(.05);
        assertThat(policy.advice().reason()).startsWith("live accuracy fell, and no half of the requests");
        policy.splitAfresh();
        policy.label(0, false);
        assertThat(policy.phase()).as("requests say so").isEqualTo(Phase.GUARD);
        policy.label(0, true);
        assertThat(policy.phase()).isEqualTo(Phase.ATTRIBUTION);
        assertThat(policy.life().alarms()).isOne();
    }

    @Test
    void blocksARetrainingWhenTheSplitIsBroken() {
        RolloutPolicy policy = policy(Phase.GUARD);
        policy.enter(Phase.ATTRIBUTION);
        for (int i = 0; i < SETTINGS.attribution().labels(); i++) {
            policy.unit(true, .5, 1);
        }
        assertThat(policy.advice().kind()).isEqualTo(Kind.HOLD);
        assertThat(policy.advice().reason()).startsWith("the split is broken");
    }

    private RolloutPolicy policy(Phase first) {
        return new RolloutPolicy(SETTINGS, staked, first, 0);
    }
}
