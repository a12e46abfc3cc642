package io.abgate.loadtest.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.evidence.Interval;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often equal versions are called better or worse where the slow stretches of a run are few. */
class FalseVerdictsTest {
    private static final double ALPHA = 0.01;
    private static final int ROUNDS = 300;
    private static final int COUNT = 3000;
    private static final int STRETCHES = 30;

    /** Whose the slow stretches are. */
    enum Pauses {
        NONE,
        SHARED,
        OWN
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 0, 0.3",
        "NONE, 0, 1.2",
        "SHARED, 0.05, 0.3",
        "SHARED, 0.10, 0.3",
        "OWN, 0.05, 0.3",
        "OWN, 0.10, 0.3",
        "OWN, 0.20, 0.3"
    })
    void areAsRareAsPromised(Pauses pauses, double share, double spread) {
        Run run = new Run(pauses, share, spread);
        assertThat(differing(run, 0.99, 0, QuantileDifference::interval)).isLessThanOrEqualTo(0.02);
    }

    @Test
    void areAsRareAtLowerPercentiles() {
        Run run = new Run(Pauses.OWN, 0.20, 0.3);
        assertThat(differing(run, 0.95, 0, QuantileDifference::interval)).isLessThanOrEqualTo(0.02);
    }

    @Test
    void wouldBeFrequentIfAVersionThatMetNoPauseWereBelievedToHaveNone() {
        Run run = new Run(Pauses.OWN, 0.05, 0.3);
        assertThat(differing(run, 0.99, 0, FalseVerdictsTest::ofItsOwnStretches))
                .isGreaterThan(0.1);
    }

    @Test
    void doNotCostThePowerToSeeARealDifference() {
        Run calm = new Run(Pauses.NONE, 0, 0.3);
        assertThat(differing(calm, 0.50, 0.6, QuantileDifference::interval)).isGreaterThan(0.99);
        assertThat(differing(calm, 0.95, 0.6, QuantileDifference::interval)).isGreaterThan(0.85);
        assertThat(differing(calm, 0.99, 2, QuantileDifference::interval)).isGreaterThan(0.95);
        assertThat(differing(new Run(Pauses.OWN, 0.10, 0.3), 0.50, 2, QuantileDifference::interval))
                .isGreaterThan(0.99);
    }

    /** How an interval is made of two samples. */
    private interface Method {
        Interval interval(Latencies one, Latencies two, double p, double alpha);
    }

    private static double differing(Run run, double p, double slowerMillis, Method method) {
        int different = 0;
        for (int round = 0; round < ROUNDS; round++) {
            run.next();
            Interval interval = method.interval(run.latencies(0, 0), run.latencies(1, slowerMillis), p, ALPHA);
            different += interval.contains(0) ? 0 : 1;
        }
        return different / (double) ROUNDS;
    }

    /** Each version's design effect of its own, and no correlation, which would only make intervals shorter. */
    private static Interval ofItsOwnStretches(Latencies first, Latencies second, double p, double alpha) {
        Quantile one = Quantile.of(first, p, alpha);
        Quantile two = Quantile.of(second, p, alpha);
        double difference = two.value() - one.value();
        return new Interval(
                difference
                        - Math.hypot(
                                two.value() - two.interval().lower(),
                                one.interval().upper() - one.value()),
                difference
                        + Math.hypot(
                                two.interval().upper() - two.value(),
                                one.value() - one.interval().lower()));
    }

    /** Latencies of about 5 ms; half of those of a slow stretch take up to 50 ms more. */
    private static final class Run {
        private final Random random = new Random(11);
        private final Pauses pauses;
        private final double share;
        private final double spread;
        private final boolean[][] paused = new boolean[2][STRETCHES];

        private Run(Pauses pauses, double share, double spread) {
            this.pauses = pauses;
            this.share = share;
            this.spread = spread;
        }

        private void next() {
            for (int stretch = 0; stretch < STRETCHES; stretch++) {
                paused[0][stretch] = random.nextDouble() < share;
                paused[1][stretch] = pauses == Pauses.SHARED ? paused[0][stretch] : random.nextDouble() < share;
            }
        }

        private Latencies latencies(int version, double slowerMillis) {
            double[] millis = new double[COUNT];
            int[] stretches = new int[COUNT];
            for (int i = 0; i < COUNT; i++) {
                stretches[i] = i * STRETCHES / COUNT;
                boolean waits = paused[version][stretches[i]] && random.nextBoolean();
                double usual = 5 * Math.exp(spread * random.nextGaussian());
                millis[i] = usual + slowerMillis + (waits ? 50 * random.nextDouble() : 0);
            }
            return new Latencies(millis, stretches);
        }
    }
}
