package io.abgate.registry.policy.rollout;

import java.util.Arrays;

/** How long labels take to come, where nobody has said so. */
public final class Maturity {
    private static final int ENOUGH = 200;
    private static final double PART = .95;

    private Maturity() {}

    /**
     * The lag that 95 % of labels do not exceed, in milliseconds; 0, which takes labels as they come, below 200 of them.
     *
     * @param lagsMillis from prediction to label, in any order
     */
    public static long ofLags(long[] lagsMillis) {
        if (lagsMillis.length < ENOUGH) {
            return 0;
        }
        long[] sorted = lagsMillis.clone();
        Arrays.sort(sorted);
        return Math.max(sorted[(int) Math.ceil(PART * sorted.length) - 1], 0);
    }
}
