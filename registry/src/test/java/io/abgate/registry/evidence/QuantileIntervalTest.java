package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileIntervalTest {
    /** Computed by an independent implementation in another language. */
    @ParameterizedTest
    @CsvSource({
        ".5, 10000, 0.0225668815",
        ".9, 10000, 0.0138126165",
        ".99, 1000, 0.0199885988",
        ".99, 10000, 0.0050364110",
        ".99, 100000, 0.0014710500"
    })
    void agreesWithTheReference(double quantile, long count, double radius) {
        assertThat(QuantileInterval.radius(quantile, count, .05)).isCloseTo(radius, within(1e-9));
    }

    @Test
    void takesTheRanksThatTheRadiusSays() {
        Histogram exact = new Histogram(5);
        for (int value = 1; value <= 10_000; value++) {
            exact.recordValue(value);
        }
        // 10,000 (.5 ∓ .0225668815) = 4,774.33 and 5,225.67; values of five digits have buckets of their own
        assertThat(QuantileInterval.of(exact, .5, .05)).isEqualTo(new Interval(4_775, 5_226));
    }

    @Test
    void widensToTheEdgesOfBuckets() {
        Histogram coarse = new Histogram(1);
        Histogram fine = new Histogram(5);
        for (int value = 1; value <= 10_000; value++) {
            coarse.recordValue(value);
            fine.recordValue(value);
        }
        Interval wide = QuantileInterval.of(coarse, .9, .05);
        Interval narrow = QuantileInterval.of(fine, .9, .05);
        assertThat(wide.lower()).isLessThanOrEqualTo(narrow.lower());
        assertThat(wide.upper()).isGreaterThanOrEqualTo(narrow.upper());
        assertThat(wide.lower()).isEqualTo((double) coarse.lowestEquivalentValue((long) narrow.lower()));
        assertThat(wide.upper()).isEqualTo((double) coarse.highestEquivalentValue((long) narrow.upper()));
    }

    @Test
    void saysThatItDoesNotKnowTheUpperEnd() {
        Histogram histogram = new Histogram(3);
        assertThat(QuantileInterval.of(histogram, .99, .05)).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
        histogram.recordValue(17);
        assertThat(QuantileInterval.of(histogram, .99, .05)).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
        histogram.recordValueWithCount(17, 999);
        Interval interval = QuantileInterval.of(histogram, .99, .05);
        assertThat(interval.lower()).isEqualTo(17);
        assertThat(interval.upper()).isInfinite();
    }

    @Test
    void refusesWhatIsNoQuantile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuantileInterval.of(new Histogram(3), 1, .05))
                .withMessage("quantile: 1.0 (expected: a number in (0, 1))");
    }
}
