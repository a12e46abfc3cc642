package io.abgate.registry.policy.rollout;

import java.util.List;

/**
 * Steps of a growing share, each of which lasts for so many units that were tossed with that share. What came while a
 * lower one was in force, as it does while promotions are paused, is evidence, but nothing that the step was to show.
 */
final class Ladder {
    /** A share in force may differ from what is meant by as little as is not worth an epoch. */
    private static final double ABOUT = 0.9;

    private final List<RolloutSettings.Step> steps;
    private int step;
    private long units;

    Ladder(List<RolloutSettings.Step> steps) {
        this.steps = steps;
    }

    /** One more unit, tossed with this share; the next step comes only if it may. */
    void unit(double share, boolean mayClimb) {
        if (share < ABOUT * current().share()) {
            return;
        }
        units++;
        if (mayClimb && units >= current().units() && step < steps.size() - 1) {
            step++;
            units = 0;
        }
    }

    double first() {
        return steps.get(0).share();
    }

    double share() {
        return current().share();
    }

    /** Whether the last step has lasted long enough. */
    boolean isClimbed() {
        return step == steps.size() - 1 && units >= current().units();
    }

    /** Units until it is climbed, at least. */
    long missing() {
        long missing = Math.max(0, current().units() - units);
        for (RolloutSettings.Step later : steps.subList(step + 1, steps.size())) {
            missing += later.units();
        }
        return missing;
    }

    private RolloutSettings.Step current() {
        return steps.get(step);
    }

    RolloutSnapshot.Rung snapshot() {
        return new RolloutSnapshot.Rung(step, units);
    }

    static Ladder restored(List<RolloutSettings.Step> steps, RolloutSnapshot.Rung snapshot) {
        Ladder ladder = new Ladder(steps);
        ladder.step = snapshot.step();
        ladder.units = snapshot.units();
        return ladder;
    }
}
