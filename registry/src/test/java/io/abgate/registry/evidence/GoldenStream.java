package io.abgate.registry.evidence;

/** The deterministic streams that the golden values of the statistics were computed on, by another implementation. */
final class GoldenStream {
    static final double PROPENSITY = .5;

    private GoldenStream() {}

    /** Whether unit {@code t}, from 1, goes to the new version. */
    static boolean toNew(int t) {
        return (37 * t + 11) % 101 < 50;
    }

    /** Score of unit {@code t}, for versions that are right on so many of a hundred. */
    static double score(int t, int rightOfNew, int rightOfControl) {
        return (61 * t + 7) % 100 < (toNew(t) ? rightOfNew : rightOfControl) ? 1 : 0;
    }
}
