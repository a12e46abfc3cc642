package io.abgate.loadtest.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.evidence.Interval;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final double ALPHA = 0.05;
    private static final int ROUNDS = 300;

    @Test
    void isEquivalentOnlyStrictlyInsideTheMargin() {
        assertThat(verdict(-0.9, 0.9, -0.7, 0.7)).isEqualTo(Verdict.EQUIVALENT);
        assertThat(verdict(-1.2, 1.2, -0.999, 0.999)).isEqualTo(Verdict.EQUIVALENT);
        assertThat(verdict(-1.2, 1.2, -1.0, 0.5)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict(-1.2, 1.2, -0.5, 1.0)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void isEquivalentWhereADifferenceIsCertainAndTooSmall() {
        assertThat(verdict(0.1, 0.8, 0.2, 0.7)).isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void knowsInWhichDirectionBetterIs() {
        Difference more = difference(0.1, 3, 0.2, 2.9);
        Difference less = difference(-3, -0.1, -2.9, -0.2);
        assertThat(Verdict.of(more, 1, false)).isEqualTo(Verdict.WORSE);
        assertThat(Verdict.of(more, 1, true)).isEqualTo(Verdict.BETTER);
        assertThat(Verdict.of(less, 1, false)).isEqualTo(Verdict.BETTER);
        assertThat(Verdict.of(less, 1, true)).isEqualTo(Verdict.WORSE);
        assertThat(verdict(0, 3, 0.1, 2.9)).isEqualTo(Verdict.UNDECIDED); // 0 is still possible
    }

    @Test
    void seldomCallsEqualVersionsDifferent() {
        for (double p : new double[] {0.5, 0.95, 0.99}) {
            Map<Verdict, Double> shares = shares(p, 1500, 0, 0.3);
            assertThat(shares.getOrDefault(Verdict.WORSE, 0.0) + shares.getOrDefault(Verdict.BETTER, 0.0))
                    .as("p%s: %s", p, shares)
                    .isLessThanOrEqualTo(0.06);
        }
    }

    @Test
    void callsEqualVersionsEquivalentWhenThereIsEnough() {
        assertThat(shares(0.5, 3000, 0, 0.5).get(Verdict.EQUIVALENT)).isGreaterThan(0.95);
        assertThat(shares(0.95, 3000, 0, 1.2).get(Verdict.EQUIVALENT)).isGreaterThan(0.9);
    }

    @Test
    void seldomCallsVersionsEquivalentThatDifferByTheMargin() {
        assertThat(shares(0.5, 1500, 0.5, 0.5).getOrDefault(Verdict.EQUIVALENT, 0.0))
                .isLessThanOrEqualTo(0.06);
        assertThat(shares(0.95, 1500, 1, 1).getOrDefault(Verdict.EQUIVALENT, 0.0))
                .isLessThanOrEqualTo(0.06);
    }

    @Test
    void findsTwoMilliseconds() {
        assertThat(shares(0.5, 1500, 2, 0.5).get(Verdict.WORSE)).isEqualTo(1);
        assertThat(shares(0.95, 1500, 2, 0.5).get(Verdict.WORSE)).isGreaterThan(0.9);
    }

    @Test
    void holdsWhoeverTheRequestsWereThatNobodyAnswersFor() {
        assertThat(verdictWithout(0, 0.95)).isEqualTo(Verdict.WORSE);
        assertThat(verdictWithout(30, 0.95)).isEqualTo(Verdict.WORSE);
        assertThat(verdictWithout(150, 0.95)).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdictWithout(150, 0.50)).isEqualTo(Verdict.WORSE);
    }

    /** On a version that is 2 ms slower, where so many of the 3,000 requests of both belong to nobody. */
    private static Verdict verdictWithout(int unclaimed, double p) {
        Weather weather = new Weather(2, 0.1);
        double[] never = new double[unclaimed];
        Arrays.fill(never, Double.POSITIVE_INFINITY);
        Latencies lost = new Latencies(
                never,
                IntStream.range(0, unclaimed).map(i -> i % Weather.STRETCHES).toArray());
        Latencies one = weather.latencies(1500, 0);
        Latencies two = weather.latencies(1500, 2);
        return Verdict.of(Difference.ofQuantiles(one, two, lost, p, ALPHA), 0.5, false);
    }

    @Test
    void isUndecidedWhenThereIsTooLittle() {
        assertThat(shares(0.99, 60, 0, 0.5).get(Verdict.UNDECIDED)).isEqualTo(1);
        assertThat(shares(0.5, 60, 0, 0.1).get(Verdict.UNDECIDED)).isGreaterThan(0.9);
    }

    /** Verdicts on a quantile of two versions in the same weather, of which one is slower by so much. */
    private static Map<Verdict, Double> shares(double p, int count, double slowerMillis, double margin) {
        Weather weather = new Weather(2, 0.1);
        Map<Verdict, Double> shares = new EnumMap<>(Verdict.class);
        for (int round = 0; round < ROUNDS; round++) {
            weather.next();
            Latencies one = weather.latencies(count, 0);
            Latencies two = weather.latencies(count, slowerMillis);
            Verdict verdict = Verdict.of(Difference.ofQuantiles(one, two, p, ALPHA), margin, false);
            shares.merge(verdict, 1.0 / ROUNDS, Double::sum);
        }
        shares.replaceAll((verdict, share) -> Math.round(share * ROUNDS) / (double) ROUNDS);
        return shares;
    }

    private static Verdict verdict(double lower, double upper, double narrowLower, double narrowUpper) {
        return Verdict.of(difference(lower, upper, narrowLower, narrowUpper), 1, false);
    }

    private static Difference difference(double lower, double upper, double narrowLower, double narrowUpper) {
        return new Difference((lower + upper) / 2, new Interval(lower, upper), new Interval(narrowLower, narrowUpper));
    }
}
