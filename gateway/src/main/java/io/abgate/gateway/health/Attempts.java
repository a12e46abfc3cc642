package io.abgate.gateway.health;

import static io.abgate.registry.domain.Health.WINDOW;

import io.abgate.registry.domain.ErrorRate;
import io.abgate.registry.domain.Health.Lifetime;

/**
 * What one context saw of one version's attempts at one kind of traffic: two rings of the last ones, and counts that only
 * grow. For that context's thread alone; noting an attempt allocates nothing. Times are nanoseconds of a monotonic
 * clock.
 */
public final class Attempts {
    private final long[] attemptNanos = new long[WINDOW];
    private final boolean[] failed = new boolean[WINDOW];
    private final long[] answeredNanos = new long[WINDOW];
    private final long[] latencyNanos = new long[WINDOW];
    private final double[] confidence = new double[WINDOW];
    private long attempts;
    private long errors;
    private long answered;
    private long predictions;
    private long rejected;

    /**
     * The version answered.
     *
     * @param tookNanos from asking it to having its answer
     * @param rows that it answered
     * @param meanConfidence of them, finite
     */
    public void answered(long nowNanos, long tookNanos, int rows, double meanConfidence) {
        int at = (int) (answered++ % WINDOW);
        answeredNanos[at] = nowNanos;
        latencyNanos[at] = tookNanos;
        confidence[at] = meanConfidence;
        predictions += rows;
        attempted(nowNanos, false);
    }

    /** The version did not answer soundly in time. */
    public void failed(long nowNanos) {
        errors++;
        attempted(nowNanos, true);
    }

    /** The version refused the input. */
    public void rejected() {
        rejected++;
    }

    private void attempted(long nowNanos, boolean isError) {
        int at = (int) (attempts++ % WINDOW);
        attemptNanos[at] = nowNanos;
        failed[at] = isError;
    }

    /** Whether nothing was attempted for so long, or ever. */
    boolean isIdle(long nowNanos, long forNanos) {
        return attempts == 0 || nowNanos - attemptNanos[(int) ((attempts - 1) % WINDOW)] > forNanos;
    }

    /** What is known now, for any thread. */
    Recent recent() {
        Lifetime lifetime = new Lifetime(new ErrorRate(errors, attempts), predictions, rejected);
        return new Recent(
                lifetime,
                attemptNanos.clone(),
                failed.clone(),
                answered,
                answeredNanos.clone(),
                latencyNanos.clone(),
                confidence.clone());
    }
}
