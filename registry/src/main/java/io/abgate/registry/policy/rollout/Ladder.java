package io.abgate.registry.policy.rollout;

import java.util.List;

/** Steps of a growing share, each of which lasts for so many units. */
final class Ladder {
    private final List<RolloutSettings.Step> steps;
    private int step;
    private long units;

    Ladder(List<RolloutSettings.Step> steps) {
        this.steps = steps;
    }

    /** One more unit; the next step comes only if it may. */
    void unit(boolean mayClimb) {
        units++;
        if (mayClimb && units >= current().units() && step < steps.size() - 1) {
            step++;
            units = 0;
        }
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
