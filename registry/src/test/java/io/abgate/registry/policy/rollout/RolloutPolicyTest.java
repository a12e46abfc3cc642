package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.rollout.Advice.Kind;
import io.abgate.registry.simulation.Simulation;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RolloutPolicyTest {
    private static final RolloutSettings SETTINGS = RolloutSettings.DEFAULT;

    private final StakedLife staked = new StakedLife(SETTINGS);
    private final LifeLedger life = staked.wealth();

    @Test
    void passesTheShadowNotBeforeItsLeastPairs() {
        RolloutPolicy policy = policy(Phase.SHADOW);
        for (int i = 1; i < SETTINGS.shadow().leastPairs(); i++) {
            policy.pair(1, i % 4 == 0 ? 0 : 1);
            assertThat(policy.advice().kind()).isEqualTo(Kind.HOLD);
        }
        policy.pair(1, 1);
        assertThat(policy.advice().kind()).isEqualTo(Kind.PROMOTE);
        assertThat(policy.advice().reason()).isEqualTo("proven less than 2.0 points worse on 200 labelled copies");
    }

    @Test
    void takesBackAShadowThatIsWorseOnTheSameRequests() {
        RolloutPolicy policy = policy(Phase.SHADOW);
        for (int i = 0; i < 60; i++) {
            policy.pair(i % 3 == 0 ? 0 : 1, 1);
        }
        Advice advice = policy.advice();
        assertThat(advice.kind()).isEqualTo(Kind.ROLL_BACK);
        assertThat(advice.reason()).startsWith("worse than the champion on the same requests: the e-value reached ");
        assertThat(advice.figures()).containsEntry("labels", 60.0).containsEntry("threshold", 20.0);
    }

    @Test
    void provesNothingInShadowByLabelsThatMayNotSpeakForIt() {
        RolloutPolicy policy = policy(Phase.SHADOW);
        for (int i = 0; i < SETTINGS.shadow().mostPairs(); i++) {
            policy.pair(1, i % 4 == 0 ? 0 : 1);
        }
        assertThat(policy.advice().kind()).isEqualTo(Kind.PROMOTE);
        policy.trust("labels come to some");
        assertThat(policy.advice().kind()).isEqualTo(Kind.HOLD);
        assertThat(policy.advice().reason())
                .isEqualTo(
                        "undecided after 5000 labelled copies, of which only those count that were asked for by lot: "
                                + "labels come to some");
        assertThat(policy.progress().provenInShadow()).isNaN();
    }

    @Test
    void goesByTheLabelsThatWereAskedForOnceTheOthersMayNotSpeak() {
        RolloutPolicy policy = policy(Phase.CANARY);
        policy.trust("labels come to some");
        climb(policy);
        assertThat(policy.advice().kind()).isEqualTo(Kind.HOLD);
        assertThat(policy.advice().reason())
                .isEqualTo("not decided yet after 1000 labelled keys, of which only those count that were asked for by "
                        + "lot: labels come to some");
        for (int i = 0; i < 400; i++) {
            policy.auditedUnit(i % 2 == 0, .5, i % 2 == 0 ? 1 : i % 4 == 1 ? 1 : 0);
        }
        assertThat(policy.advice().kind()).isEqualTo(Kind.PROMOTE);
    }

    /** All of the ladder, with units that say nothing. */
    private static void climb(RolloutPolicy policy) {
        for (int i = 0; !policy.ladder().isClimbed(); i++) {
            policy.unit(i % 2 == 0, .5, .5);
        }
    }

    @Test
    void climbsTheLadderByUnits() {
        RolloutPolicy policy = policy(Phase.CANARY);
        assertThat(policy.shares().ofNew()).isEqualTo(.05);
        agree(policy, 99);
        assertThat(policy.shares().ofNew()).isEqualTo(.05);
        agree(policy, 1);
        assertThat(policy.shares().ofNew()).isEqualTo(.25);
        agree(policy, 300);
        assertThat(policy.shares().ofNew()).isEqualTo(.5);
        agree(policy, 599);
        assertThat(policy.ladder().isClimbed()).isFalse();
        agree(policy, 1);
        assertThat(policy.ladder().isClimbed()).isTrue();
        assertThat(policy.shares().ofNew()).isEqualTo(.5);
    }

    @Test
    void holdsSharesAndPromotionWhenTheSplitIsBrokenButStaysArmed() {
        RolloutPolicy policy = policy(Phase.CANARY);
        for (int i = 0; i < 500; i++) {
            policy.unit(true, .05, 1);
        }
        assertThat(policy.live().isSplitBroken()).isTrue();
        assertThat(policy.shares().ofNew()).isEqualTo(.05);
        for (int i = 0; i < 2_000 && !life.isSpent(); i++) {
            policy.unit(i % 2 == 0, .5, i % 2 == 0 ? 0 : 1);
        }
        assertThat(policy.advice().kind()).isEqualTo(Kind.ROLL_BACK);
        assertThat(policy.advice().reason()).contains("the split is broken");
    }

    @Test
    void doesNotLetSmallLossesAddUp() {
        RolloutPolicy first = new RolloutPolicy(SETTINGS, new StakedLife(SETTINGS), Phase.CANARY, .01);
        assertThat(first.progress().marginUsedIfPromoted().total()).isCloseTo(.01, within(1e-15));
        double proven = provenAfter(first, .92, .9);
        assertThat(proven).isBetween(.008, .04);
        assertThat(first.progress().marginUsedIfPromoted().total()).isCloseTo(.01 + proven, within(1e-15));
        RolloutPolicy nothingLeft = new RolloutPolicy(SETTINGS, new StakedLife(SETTINGS), Phase.CANARY, .05);
        assertThat(provenAfter(nothingLeft, .9, .9)).isNaN();
        RolloutPolicy better = new RolloutPolicy(SETTINGS, new StakedLife(SETTINGS), Phase.CANARY, .05);
        assertThat(provenAfter(better, .99, .8)).isZero();
        assertThat(better.progress().marginUsedIfPromoted().total()).isZero();
        assertThat(better.advice().kind()).isEqualTo(Kind.PROMOTE);
        assertThat(better.advice().reason()).startsWith("proven better on ");
    }

    @Test
    void goesOnFromASnapshotToTheLastBit() {
        RandomGenerator random = Simulation.random(5);
        RolloutPolicy policy = policy(Phase.SHADOW);
        for (int i = 0; i < 20_000; i++) {
            StakedLife sameLife = StakedLife.restored(SETTINGS, life.snapshot(), staked.schedule());
            RolloutPolicy same = i % 50 == 0 ? RolloutPolicy.restored(SETTINGS, sameLife, policy.snapshot()) : policy;
            long seed = random.nextLong();
            happen(policy, Simulation.random(seed), i);
            if (same != policy) {
                happen(same, Simulation.random(seed), i);
                assertThat(same.snapshot()).isEqualTo(policy.snapshot());
                assertThat(same.life().wealth().snapshot()).isEqualTo(life.snapshot());
                assertThat(sameLife.schedule()).isEqualTo(staked.schedule());
                assertThat(same.advice()).isEqualTo(policy.advice());
            }
        }
        assertThat(policy.life().alarms()).isPositive();
    }

    @Test
    void startsAfreshWhenItsLabelsAreWithdrawn() {
        RolloutPolicy policy = policy(Phase.CANARY);
        agree(policy, 500);
        policy.withdraw();
        assertThat(policy.live().units()).isZero();
        assertThat(policy.progress().provenMargin()).isNaN();
        assertThat(policy.shares().ofNew()).isEqualTo(.5);
        assertThat(life.u()).isEqualTo(.5);
    }

    private RolloutPolicy policy(Phase first) {
        return new RolloutPolicy(SETTINGS, staked, first, 0);
    }

    /** So many units, of both in turn and all of them right, and their labels. */
    static void agree(RolloutPolicy policy, int units) {
        for (int i = 0; i < units; i++) {
            policy.unit(i % 2 == 0, .5, 1);
            told(policy, i % 2 == 0, 1);
        }
    }

    private static void told(RolloutPolicy policy, boolean ofNew, double score) {
        if (ofNew) {
            policy.label(score, true);
        } else {
            policy.controlLabel(true);
        }
    }

    private static double provenAfter(RolloutPolicy policy, double fresh, double control) {
        RandomGenerator random = Simulation.random(7);
        for (int i = 0; i < 4_000; i++) {
            double share = policy.shares().ofNew();
            boolean toNew = random.nextDouble() < share;
            policy.unit(toNew, share, random.nextDouble() < (toNew ? fresh : control) ? 1 : 0);
        }
        return policy.progress().provenMargin();
    }

    /** A life in which something of everything happens, by the given chance. */
    private static void happen(RolloutPolicy policy, RandomGenerator random, int i) {
        if (i == 3_000 || i == 8_000) {
            policy.enter(i == 3_000 ? Phase.CANARY : Phase.GUARD);
        } else if (i % 2_000 == 1_999) {
            policy.retrainingOrdered();
        }
        policy.pair(random.nextDouble() < .9 ? 1 : .5, random.nextDouble() < .9 ? 1 : 0);
        if (random.nextInt(9) == 0) {
            policy.auditedPair(1, random.nextDouble() < .9 ? 1 : 0);
        }
        policy.trust(i % 1_000 < 500 ? null : "labels come to some");
        double share = Math.max(policy.shares().ofNew(), .1);
        boolean toNew = random.nextDouble() < share;
        double score = random.nextDouble() < (i < 15_000 ? .9 : .7) ? 1 : 0;
        policy.unit(toNew, share, score);
        if (random.nextInt(9) == 0) {
            policy.auditedUnit(toNew, share, score);
        }
        told(policy, toNew, score);
    }
}
