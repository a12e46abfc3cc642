package io.abgate.loadtest.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void areEvenlySpacedWithoutDrift() {
        LongSupplier offsets = Arrivals.CONSTANT.offsets(3, 1);
        assertThat(take(offsets, 4)).containsExactly(0, 333_333_333, 666_666_666, SECOND);
        assertThat(LongStream.generate(offsets).skip(3_000_000 - 4).findFirst()).hasValue(1_000_000 * SECOND);
    }

    @Test
    void haveExponentialGapsWhenTheyComeByChance() {
        long[] offsets = take(Arrivals.POISSON.offsets(1000, 7), 100_000);
        double[] gaps = LongStream.range(1, offsets.length)
                .mapToDouble(i -> (offsets[(int) i] - offsets[(int) i - 1]) / 1e6)
                .toArray();
        double mean = Arrays.stream(gaps).average().orElseThrow();
        double beyond = Arrays.stream(gaps).filter(gap -> gap > 1).count() / (double) gaps.length;
        assertThat(mean).isCloseTo(1, within(0.02));
        assertThat(beyond).isCloseTo(Math.exp(-1), within(0.01)); // evenly spaced ones would give 0 or 1
        assertThat(take(Arrivals.POISSON.offsets(1000, 7), 100_000)).isEqualTo(offsets);
        assertThat(take(Arrivals.POISSON.offsets(1000, 8), 100_000)).isNotEqualTo(offsets);
    }

    @Test
    void growFromNothingInTheFirstHalfOfTheWarmUp() {
        WarmUp offsets = new WarmUp(100, 4 * SECOND, Arrivals.CONSTANT.offsets(100, 1));
        long[] all = take(offsets, 500);
        assertThat(count(all, 0, 1)).isBetween(24L, 26L); // the area under a rate from 0 to 50
        assertThat(count(all, 1, 2)).isBetween(74L, 76L);
        assertThat(count(all, 2, 4)).isBetween(199L, 201L);
        assertThat(count(all, 4, 5)).isEqualTo(100);
        assertThat(all).isSorted();
    }

    @Test
    void beginAtOnceWithoutAWarmUp() {
        assertThat(take(new WarmUp(100, 0, Arrivals.CONSTANT.offsets(100, 1)), 2))
                .containsExactly(0, 10_000_000);
    }

    private static long[] take(LongSupplier offsets, int count) {
        return LongStream.generate(offsets).limit(count).toArray();
    }

    private static long count(long[] offsets, long fromSecond, long toSecond) {
        return LongStream.of(offsets)
                .filter(offset -> offset >= fromSecond * SECOND && offset < toSecond * SECOND)
                .count();
    }
}
