package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EProcessTest {
    @Test
    void startsAtOne() {
        EProcess process = new EProcess();
        assertThat(process.e()).isOne();
        assertThat(process.logE()).isZero();
        assertThat(process.pValue()).isOne();
        assertThat(process.rejects(.99)).isFalse();
    }

    @Test
    void rejectsAtTheThresholdAndStaysRejected() {
        EProcess process = new EProcess();
        process.multiply(19.9);
        assertThat(process.rejects(.05)).isFalse();
        process.multiply(20 / 19.9);
        process.multiply(.01);
        assertThat(process.rejects(.05)).isTrue();
        assertThat(process.rejects(.04)).isFalse();
        assertThat(process.e()).isCloseTo(.2, within(1e-15));
        assertThat(process.pValue()).isEqualTo(.05);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.5, 1.0001, 3, 1e-200, 1e200})
    void losesNothingToTheSizeOfTheProduct(double factor) {
        EProcess process = new EProcess();
        for (int i = 0; i < 10_000; i++) {
            process.multiply(factor);
        }
        double expected = 10_000 * StrictMath.log(factor);
        assertThat(process.logE()).isCloseTo(expected, within(1e-11 * Math.abs(expected)));
        assertThat(process.e()).isFinite();
        assertThat(process.peak()).isBetween(1.0, Double.MAX_VALUE);
    }

    @Test
    void staysDeadAfterAFactorOfZero() {
        EProcess process = new EProcess();
        process.multiply(5);
        process.multiply(0);
        process.multiply(1e300);
        assertThat(process.e()).isZero();
        assertThat(process.logE()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(process.pValue()).isEqualTo(.2);
    }

    @Test
    void goesOnFromASnapshotToTheLastBit() {
        EProcess process = new EProcess();
        for (int i = 1; i < 3_000; i++) {
            process.multiply(.5 + i % 7 / 11.0);
        }
        EProcess restored = EProcess.restored(process.snapshot());
        process.multiply(1.1);
        restored.multiply(1.1);
        assertThat(restored.snapshot()).isEqualTo(process.snapshot());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoFactor(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EProcess().multiply(factor))
                .withMessageStartingWith("factor: ");
    }
}
