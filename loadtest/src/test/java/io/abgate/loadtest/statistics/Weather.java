package io.abgate.loadtest.statistics;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Makes up latencies: log-normal ones of about 5 ms, in stretches of time that may be good or bad as a whole. */
final class Weather {
    static final int STRETCHES = 30;

    private final Random random;
    private final double shock;
    private final double[] factors = new double[STRETCHES];

    /** Weather whose stretches differ by factors of about {@code exp(shock)}. */
    Weather(long seed, double shock) {
        this.random = new Random(seed);
        this.shock = shock;
        next();
    }

    /** Another run: the stretches are drawn anew. */
    void next() {
        Arrays.setAll(factors, i -> Math.exp(shock * random.nextGaussian()));
    }

    /** So many latencies of a version that is slower than the others by so much. */
    Latencies latencies(int count, double slowerMillis) {
        double[] millis = new double[count];
        int[] stretches = new int[count];
        for (int i = 0; i < count; i++) {
            stretches[i] = i * STRETCHES / count;
            millis[i] = 5 * factors[stretches[i]] * Math.exp(0.3 * random.nextGaussian()) + slowerMillis;
        }
        return new Latencies(millis, stretches);
    }

    /** The same latencies, each as if it had been measured in weather of its own. */
    static Latencies pretendedIndependent(Latencies latencies) {
        double[] millis = latencies.millis();
        int[] own = new int[millis.length];
        Arrays.setAll(own, i -> i);
        return new Latencies(millis, own);
    }

    /** The true quantile of a latency of a random stretch. */
    static double quantile(double shock, double p) {
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(p);
        return 5 * Math.exp(Math.hypot(shock, 0.3) * z);
    }
}
