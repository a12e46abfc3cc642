package io.abgate.loadtest.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
