package io.abgate.loadtest.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileTest {
    private static final double ALPHA = 0.05;
    private static final int ROUNDS = 300;
    private static final int COUNT = 1500;

    @Test
    void takesTheRanksOfTheTables() {
        // Conover, "Practical Nonparametric Statistics", §3.2; R: quantile_CI(100, 0.5) and qbinom
        BinomialDistribution hundred = BinomialDistribution.of(100, 0.5);
        assertThat(Quantile.lowRank(hundred, ALPHA)).isEqualTo(40);
        assertThat(Quantile.highRank(hundred, ALPHA)).isEqualTo(61);
        BinomialDistribution ten = BinomialDistribution.of(10, 0.5);
        assertThat(Quantile.lowRank(ten, ALPHA)).isEqualTo(2);
        assertThat(Quantile.highRank(ten, ALPHA)).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 1", "0.2, 1", "0.21, 2", "0.5, 3", "0.8, 4", "0.81, 5", "0.99, 5", "1, 5"})
    void isTheValueOfTheNearestRank(double p, double value) {
        assertThat(Quantile.nearestRank(new double[] {1, 2, 3, 4, 5}, p)).isEqualTo(value);
        assertThat(Quantile.nearestRank(new double[0], p)).isNaN();
    }

    @Test
    void isOpenWhereThereAreTooFewLatencies() {
        Latencies few = new Latencies(new double[] {1, 2, 3, 4, 5}, new int[] {0, 1, 2, 3, 4});
        Quantile p99 = Quantile.of(few, 0.99, ALPHA);
        assertThat(p99.value()).isEqualTo(5);
        assertThat(p99.interval().upper()).isInfinite();
        assertThat(Quantile.of(new Latencies(new double[0], new int[0]), 0.5, ALPHA)
                        .value())
                .isNaN();
    }

    @Test
    void isUnknownAmongRequestsThatWereNeverAnswered() {
        double never = Double.POSITIVE_INFINITY;
        Latencies latencies = new Latencies(new double[] {3, never, 1, 2}, new int[] {0, 0, 1, 1});
        assertThat(latencies.quantile(0.75)).isEqualTo(3);
        assertThat(latencies.quantile(0.76)).isNaN();
        assertThat(Quantile.of(latencies, 0.76, ALPHA).value()).isNaN();
        assertThat(Quantile.of(latencies, 0.75, ALPHA).interval().upper()).isInfinite();
        Difference difference = Difference.ofQuantiles(latencies, latencies, 0.76, ALPHA);
        assertThat(difference.estimate()).isNaN();
        assertThat(Verdict.of(difference, 1, false)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void countsARankThatMultiplicationExceedsByItsRounding() {
        assertThat(Quantile.rank(1000, 0.07)).isEqualTo(70); // 1000 · 0.07 is 70.00000000000001
        assertThat(Quantile.rank(1001, 0.07)).isEqualTo(71);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.50, 0.95, 0.99})
    void holdsTheTruthAsOftenAsItSays(double p) {
        assertThat(coverage(p, 0, UnaryOperator.identity())).isGreaterThanOrEqualTo(0.93);
        assertThat(coverage(p, 0.2, UnaryOperator.identity())).isGreaterThanOrEqualTo(0.90);
    }

    @Test
    void wouldNotHoldItIfLatenciesOfOneStretchWereTakenAsIndependent() {
        assertThat(coverage(0.50, 0.2, Weather::pretendedIndependent)).isLessThan(0.6);
    }

    /** How often the interval holds the true quantile in weather of this kind. */
    private static double coverage(double p, double shock, UnaryOperator<Latencies> seenAs) {
        Weather weather = new Weather(1, shock);
        double truth = Weather.quantile(shock, p);
        long held = IntStream.range(0, ROUNDS)
                .filter(round -> {
                    weather.next();
                    Latencies latencies = seenAs.apply(weather.latencies(COUNT, 0));
                    return Quantile.of(latencies, p, ALPHA).interval().contains(truth);
                })
                .count();
        return held / (double) ROUNDS;
    }
}
