package io.abgate.registry.policy.rollout;

import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A version's life in a world, lived by the real policy with labels that come at once: from shadow to as many labels of
 * the guard as are watched. What it is told to do is done.
 */
final class Life {
    /**
     * How right both are, and when that changes.
     *
     * @param shadowRight of the candidate on copies
     * @param liveRight of the candidate on live traffic
     * @param fall of the candidate after promotion
     * @param commonFall of both after promotion
     */
    record World(double championRight, double shadowRight, double liveRight, double fall, double commonFall) {
        static World of(double candidateRight) {
            return new World(.9, candidateRight, candidateRight, 0, 0);
        }
    }

    /** How it ended. */
    enum End {
        TAKEN_BACK_IN_SHADOW,
        TAKEN_BACK_IN_CANARY,
        TAKEN_BACK_AS_CHAMPION,
        RETRAINED,
        UNDECIDED_SHADOW,
        UNDECIDED_CANARY,
        CHAMPION
    }

    private static final Set<End> TAKEN_BACK =
            Set.of(End.TAKEN_BACK_IN_SHADOW, End.TAKEN_BACK_IN_CANARY, End.TAKEN_BACK_AS_CHAMPION);

    /** Disagreements of the two on the same requests; half of them either way when both are equally right. */
    private static final double DISCORDANCE = .10;

    private final World world;
    private final RandomGenerator random;
    private final int watched;
    final RolloutPolicy policy;
    int shadowLabels;
    int canaryLabels;
    int guardLabels;
    private boolean promoted;
    End end = End.CHAMPION;

    Life(World world, RolloutSettings settings, int watched, RandomGenerator random) {
        this.world = world;
        this.random = random;
        this.watched = watched;
        this.policy = new RolloutPolicy(settings, new StakedLife(settings), Phase.SHADOW, 0);
    }

    Life lived() {
        promoted = shadow() && canary();
        if (promoted) {
            guard();
        }
        return this;
    }

    int labels() {
        return shadowLabels + canaryLabels + guardLabels;
    }

    boolean isTakenBack() {
        return TAKEN_BACK.contains(end);
    }

    boolean isPromoted() {
        return promoted;
    }

    private boolean shadow() {
        double worse = world.championRight - world.shadowRight;
        double championOnly = Math.max((DISCORDANCE + worse) / 2, worse);
        double candidateOnly = championOnly - worse;
        while (true) {
            double u = random.nextDouble();
            shadowLabels++;
            if (u < championOnly) {
                policy.pair(0, 1);
            } else if (u < championOnly + candidateOnly) {
                policy.pair(1, 0);
            } else {
                policy.pair(1, 1);
            }
            if (policy.life().wealth().isSpent()) {
                end = End.TAKEN_BACK_IN_SHADOW;
                return false;
            }
            if (policy.paired().passes(policy.settings().alphaPromotion())) {
                policy.enter(Phase.CANARY);
                return true;
            }
            if (shadowLabels >= policy.settings().shadow().mostPairs()) {
                end = End.UNDECIDED_SHADOW;
                return false;
            }
        }
    }

    private boolean canary() {
        while (true) {
            live(world.liveRight, world.championRight);
            canaryLabels++;
            if (policy.life().wealth().isSpent()) {
                end = End.TAKEN_BACK_IN_CANARY;
                return false;
            }
            if (policy.ladder().isClimbed() && policy.advice().kind() == Advice.Kind.PROMOTE) {
                policy.enter(Phase.GUARD);
                return true;
            }
            if (canaryLabels >= policy.settings().canary().mostUnits()) {
                end = End.UNDECIDED_CANARY;
                return false;
            }
        }
    }

    private void guard() {
        double fresh = world.liveRight - world.fall - world.commonFall;
        double control = world.championRight - world.commonFall;
        while (guardLabels < watched) {
            live(fresh, control);
            guardLabels++;
            if (policy.life().wealth().isSpent()) {
                end = End.TAKEN_BACK_AS_CHAMPION;
                return;
            }
            if (policy.advice().kind() == Advice.Kind.RETRAIN) {
                end = End.RETRAINED;
                return;
            }
        }
    }

    private void live(double fresh, double control) {
        double share = policy.shares().ofNew();
        boolean toNew = random.nextDouble() < share;
        double score = random.nextDouble() < (toNew ? fresh : control) ? 1 : 0;
        policy.unit(toNew, share, score);
        if (toNew) {
            policy.label(score, true);
        } else {
            policy.controlLabel(true);
        }
    }
}
