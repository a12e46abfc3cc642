package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AipwDifferenceTest {
    /** Computed by an independent implementation in another language; its variance divides by the count. */
    @Test
    void agreesWithTheReference() {
        assertThat(golden(10).estimate()).isCloseTo(-0.4011904762, within(1e-9));
        AipwDifference thousand = golden(1000);
        assertThat(thousand.estimate()).isCloseTo(0.0930146186, within(1e-9));
        assertThat(thousand.variance()).isCloseTo(0.5065304869, within(1e-9));
        assertThat(thousand.units()).isEqualTo(1000);
    }

    /** As drconfseq's std_conjmix_margin in R. */
    @ParameterizedTest
    @CsvSource({"100, 0.2180748219", "1000, 0.0542954690", "5000, 0.0252242435"})
    void agreesWithTheReferenceOnTheWidth(long units, double halfWidth) {
        assertThat(AipwDifference.halfWidth(.32, units, .05)).isCloseTo(halfWidth, within(1e-9));
    }

    @Test
    void showsNothingBeforeBothSidesHaveAHundred() {
        AipwDifference difference = new AipwDifference();
        assertThat(difference.estimate()).isNaN();
        assertThat(difference.variance()).isNaN();
        for (int t = 0; t < 100; t++) {
            difference.unit(true, .5, t % 2);
            assertThat(difference.interval(.05)).isEqualTo(new Interval(-1, 1));
        }
        for (int t = 0; t < 99; t++) {
            difference.unit(false, .5, t % 2);
        }
        assertThat(difference.interval(.05)).isEqualTo(new Interval(-1, 1));
        difference.unit(false, .5, 1);
        Interval interval = difference.interval(.05);
        assertThat(interval.upper() - interval.lower()).isBetween(.1, 1.0);
        assertThat(interval.contains(difference.estimate())).isTrue();
    }

    @Test
    void goesOnFromASnapshotToTheLastBit() {
        AipwDifference one = golden(137);
        AipwDifference other = AipwDifference.restored(one.snapshot());
        one.unit(true, .2, .7);
        other.unit(true, .2, .7);
        assertThat(other.snapshot()).isEqualTo(one.snapshot());
    }

    @Test
    void hasAnExactButWiderCompanion() {
        Interval exact = RobbinsInterval.ofDifference(new Counts(444, 495), new Counts(406, 505), .05);
        Interval fresh = RobbinsInterval.of(444, 495, .025);
        Interval control = RobbinsInterval.of(406, 505, .025);
        Interval asymptotic = golden(1000).interval(.05);
        assertThat(exact).isEqualTo(new Interval(fresh.lower() - control.upper(), fresh.upper() - control.lower()));
        assertThat(exact.lower()).isLessThan(asymptotic.lower());
        assertThat(exact.upper()).isGreaterThan(asymptotic.upper());
    }

    private static AipwDifference golden(int units) {
        AipwDifference difference = new AipwDifference();
        for (int t = 1; t <= units; t++) {
            difference.unit(GoldenStream.toNew(t), .5, GoldenStream.score(t, 90, 80));
        }
        return difference;
    }
}
