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
        return right(t, toNew(t) ? rightOfNew : rightOfControl);
    }

    /** Score of unit {@code t} for a version that is right on so many of a hundred. */
    static double right(int t, int ofHundred) {
        return (61 * t + 7) % 100 < ofHundred ? 1 : 0;
    }

    /** Which of three arms with shares .5, .3, .2 unit {@code t} goes to. */
    static int armOfThree(int t) {
        double u = (37 * t + 11) % 101 / 101.0;
        return u < .5 ? 0 : u < .8 ? 1 : 2;
    }

    /** A number in [0, 1) that repeats after a hundred. */
    static double fraction(int t) {
        return (61 * t + 7) % 100 / 100.0;
    }
}
