package io.abgate.gateway.health;

import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Health.Lifetime;

/**
 * A copy of the {@link Attempts} of one context, by how many steps back: 0 is the newest.
 *
 * @param answered how many answers there ever were
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Recent(
        Lifetime lifetime,
        long[] attemptNanos,
        boolean[] failed,
        long answered,
        long[] answeredNanos,
        long[] latencyNanos,
        double[] confidence) {

    long attempts() {
        return lifetime.attempts().attempts();
    }

    long attemptNanos(int back) {
        return attemptNanos[at(attempts(), back)];
    }

    boolean failed(int back) {
        return failed[at(attempts(), back)];
    }

    long answeredNanos(int back) {
        return answeredNanos[at(answered, back)];
    }

    long latencyNanos(int back) {
        return latencyNanos[at(answered, back)];
    }

    double confidence(int back) {
        return confidence[at(answered, back)];
    }

    private static int at(long count, int back) {
        return (int) ((count - 1 - back) % Health.WINDOW);
    }
}
