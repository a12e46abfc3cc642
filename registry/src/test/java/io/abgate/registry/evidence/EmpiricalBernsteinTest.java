package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmpiricalBernsteinTest {
    /** Computed by an independent implementation in another language. */
    @ParameterizedTest
    @CsvSource({"10, 0.5250000000, 0.7741102219", "100, 0.4954081418, 0.1076659396", "1000, 0.4952698078, 0.0329573225"
    })
    void agreesWithTheReference(int numbers, double center, double halfWidth) {
        EmpiricalBernstein sequence = new EmpiricalBernstein(.05);
        for (int t = 1; t <= numbers; t++) {
            sequence.add(GoldenStream.fraction(t));
        }
        assertThat(sequence.center()).isCloseTo(center, within(1e-9));
        assertThat(sequence.halfWidth()).isCloseTo(halfWidth, within(1e-9));
        assertThat(sequence.interval().contains(center)).isTrue();
    }

    @Test
    void knowsNothingAtFirstAndNeverLeavesTheUnitInterval() {
        EmpiricalBernstein sequence = new EmpiricalBernstein(.05);
        assertThat(sequence.interval()).isEqualTo(new Interval(0, 1));
        assertThat(sequence.center()).isNaN();
        sequence.add(1);
        assertThat(sequence.interval()).isEqualTo(new Interval(0, 1));
    }

    @Test
    void refusesNumbersOutside() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EmpiricalBernstein(.05).add(1.01));
        assertThatIllegalArgumentException().isThrownBy(() -> new EmpiricalBernstein(1));
    }
}
