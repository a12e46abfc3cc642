package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.simulation.Simulation;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.LogBeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RobbinsIntervalTest {
    private static final int REPETITIONS = Simulation.repetitions(1_000);
    private static final int LABELS = 2_000;
    private static final double ALPHA = .05;

    @ParameterizedTest
    @CsvSource({
        "80, 100, .05, 0.6517920129, 0.9072308322",
        "8, 10, .05, 0.3530421921, 0.9895169048",
        "800, 1000, .05, 0.7521187196, 0.8427448261",
        "0, 20, .05, 0, 0.2606713509",
        "20, 20, .05, 0.7393286491, 1",
        "4500, 5000, .001, 0.8784815333, 0.9190797345"
    })
    void agreesWithTheReference(double successes, long trials, double alpha, double lower, double upper) {
        Interval interval = RobbinsInterval.of(successes, trials, alpha);
        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    @Test
    void knowsNothingBeforeTheFirstLabel() {
        assertThat(RobbinsInterval.of(0, 0, ALPHA)).isEqualTo(new Interval(0, 1));
        assertThat(Counts.NONE.interval(ALPHA)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void takesScoresBetweenRightAndWrong() {
        Counts counts = Counts.NONE.plus(.25).plus(1).plus(.5);
        assertThat(counts.interval(ALPHA).contains(counts.accuracy())).isTrue();
    }

    @Test
    void refusesImpossibleCounts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RobbinsInterval.of(3, 2, ALPHA))
                .withMessage("successes: 3.0 (expected: 0 to 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RobbinsInterval.of(1, 2, 0))
                .withMessage("alpha: 0.0 (expected: a number in (0, 1))");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1.5, 15.9", "16, 16", "81, 21", "4501, 501", "1, 1e6", "999999, 3", "1e6, 1e6"})
    void agreesWithALibraryOnLogBeta(double a, double b) {
        double library = LogBeta.value(a, b);
        double tolerance = 1e-14 * Math.max(10, Math.abs(library));
        assertThat(io.abgate.registry.evidence.LogBeta.of(a, b)).isCloseTo(library, within(tolerance));
    }

    @ParameterizedTest
    @CsvSource({".5, 51", ".8, 52", ".95, 53", ".99, 54"})
    void missesTheTruthNoMoreOftenThanPromised(double truth, long seed) {
        double rate = missRate(truth, seed, (successes, labels) -> RobbinsInterval.of(successes, labels, ALPHA));
        assertThat(rate).isBetween(.002, Simulation.band(ALPHA, REPETITIONS));
    }

    @Test
    void seesThatAPeekedTextbookIntervalMissesMoreOften() {
        double rate = missRate(.8, 55, RobbinsIntervalTest::textbook);
        assertThat(rate).isGreaterThan(.3);
    }

    private interface Method {
        Interval interval(int successes, int labels);
    }

    private static Interval textbook(int successes, int labels) {
        double mean = (double) successes / labels;
        double halfWidth = 1.96 * Math.sqrt(mean * (1 - mean) / labels);
        return labels < 30 ? new Interval(0, 1) : new Interval(mean - halfWidth, mean + halfWidth);
    }

    private static double missRate(double truth, long seed, Method method) {
        RandomGenerator random = Simulation.random(seed);
        int misses = 0;
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            misses += everMisses(truth, random, method) ? 1 : 0;
        }
        return (double) misses / REPETITIONS;
    }

    /** Looks at the first labels one by one, then whenever there are a tenth more. */
    private static boolean everMisses(double truth, RandomGenerator random, Method method) {
        int successes = 0;
        int look = 1;
        for (int labels = 1; labels <= LABELS; labels++) {
            successes += random.nextDouble() < truth ? 1 : 0;
            if (labels == look) {
                look += 1 + look / 10;
                if (!method.interval(successes, labels).contains(truth)) {
                    return true;
                }
            }
        }
        return false;
    }
}
