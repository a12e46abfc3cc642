package io.abgate.loadtest.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRatioTest {
    @Test
    void agreesWithTheTables() {
        // chi-squared 4 with one degree of freedom
        assertThat(SampleRatio.of(List.of(60L, 40L), List.of(1.0, 1.0)).p()).isCloseTo(0.0455003, within(1e-6));
        // 90:10 of 1,000 where 800:200 was due: (100²/800 + 100²/200) = 62.5
        assertThat(SampleRatio.of(List.of(900L, 100L), List.of(0.8, 0.2)).p()).isCloseTo(2.67e-15, within(1e-16));
        assertThat(SampleRatio.of(List.of(0L, 0L), List.of(1.0, 1.0)).isSound()).isTrue();
    }

    @Test
    void isExactWhereFewAreDue() {
        // one unit of five where one in a hundred was due: 2 (1 - 0.99^5)
        assertThat(SampleRatio.of(List.of(4L, 1L), List.of(0.99, 0.01)).p())
                .isCloseTo(2 * (1 - Math.pow(0.99, 5)), within(1e-12));
        assertThat(SampleRatio.of(List.of(499L, 0L), List.of(0.99, 0.01)).p())
                .isCloseTo(2 * Math.pow(0.99, 499), within(1e-12));
        // 10 of 99 where 24.75 are due, by hand-made sums; from 25 on chi-squared: 15²/25 + 15²/75
        assertThat(SampleRatio.of(List.of(89L, 10L), List.of(0.75, 0.25)).p()).isCloseTo(0.000331, within(1e-6));
        assertThat(SampleRatio.of(List.of(90L, 10L), List.of(0.75, 0.25)).p()).isCloseTo(0.000532, within(1e-6));
        assertThat(SampleRatio.of(List.of(30L, 10L), List.of(0.99, 0.01)).isSound())
                .isFalse();
        assertThat(SampleRatio.of(List.of(30L, 0L, 12L), List.of(0.98, 0.01, 0.01))
                        .isSound())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"5, 0.01, 2", "20, 0.01, 2", "200, 0.01, 2", "600, 0.01, 2", "20, 0.05, 3", "60, 0.02, 4"})
    void seldomAlarmsForNothingWhereFewAreDue(int units, double rare, int versions) {
        SplittableRandom random = new SplittableRandom(8);
        List<Double> shares = IntStream.range(0, versions)
                .mapToObj(version -> version == 0 ? 1 - rare * (versions - 1) : rare)
                .toList();
        int rounds = 20_000;
        long alarms = IntStream.range(0, rounds)
                .filter(round -> {
                    long[] counted = new long[versions];
                    for (int i = 0; i < units; i++) {
                        int version = 1 + (int) (random.nextDouble() / rare);
                        counted[version < versions ? version : 0]++;
                    }
                    return !SampleRatio.of(LongStream.of(counted).boxed().toList(), shares)
                            .isSound();
                })
                .count();
        assertThat(alarms / (double) rounds).isLessThanOrEqualTo(0.001); // the alarm is at 0.0005
    }

    @Test
    void seldomAlarmsForNothingAndFindsALeak() {
        assertThat(alarms(0)).isLessThan(0.005);
        assertThat(alarms(0.15)).isGreaterThan(0.95);
    }

    /** Share of alarms where one version loses a share of its requests. */
    private static double alarms(double lost) {
        SplittableRandom random = new SplittableRandom(5);
        int rounds = 2000;
        return IntStream.range(0, rounds)
                        .filter(round -> {
                            long[] counted = new long[2];
                            for (int i = 0; i < 10_000; i++) {
                                int version = random.nextInt(2);
                                counted[version] += version == 1 && random.nextDouble() < lost ? 0 : 1;
                            }
                            return !SampleRatio.of(List.of(counted[0], counted[1]), List.of(0.5, 0.5))
                                    .isSound();
                        })
                        .count()
                / (double) rounds;
    }
}
