package io.abgate.registry.policy.rollout;

import io.abgate.registry.domain.Check;

/**
 * How a version's budget for being wrongly taken back is spread over its life. All parts add up to at most 1, so that
 * however long it lives it is never staked twice.
 *
 * @param shadow at the start of the shadow phase
 * @param canary at the start of the canary phase
 * @param guard in all guard blocks: guard / (j (j + 1)) at the start of the j-th
 * @param alarms at all alarms of the detector: alarms · 2⁻ᵃ at the a-th
 */
public record Stakes(double shadow, double canary, double guard, double alarms) {
    /** With no other automatic rollback trigger. */
    public static final Stakes DEFAULT = new Stakes(.20, .30, .10, .40);

    /** Where a champion is compared with nothing. */
    public static final Stakes WITHOUT_GUARD = new Stakes(.40, .60, 0, 0);

    private static final double ROUNDING = 1e-12;

    public Stakes {
        Check.that(shadow >= 0, "stakes.shadow", shadow, "a number from 0");
        Check.that(canary >= 0, "stakes.canary", canary, "a number from 0");
        Check.that(guard >= 0, "stakes.guard", guard, "a number from 0");
        Check.that(alarms >= 0, "stakes.alarms", alarms, "a number from 0");
        double sum = shadow + canary + guard + alarms;
        Check.that(sum <= 1 + ROUNDING, "sum of the stakes", sum, "at most 1");
    }

    /** These stakes times {@code part}: the rest is for other triggers of a rollback, such as errors and latency. */
    public Stakes scaled(double part) {
        return new Stakes(shadow * part, canary * part, guard * part, alarms * part);
    }

    /** At the start of the guard block of this number, from 1. */
    double ofBlock(long block) {
        return guard / ((double) block * (block + 1));
    }

    /** At the alarm of this number, from 1. */
    double ofAlarm(int alarm) {
        return Math.scalb(alarms, -alarm);
    }
}
