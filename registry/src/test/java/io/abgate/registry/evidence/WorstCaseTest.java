package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorstCaseTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 1",
        "0, 0, 10, 0, 1",
        "8, 10, 10, .8, .8",
        "8, 10, 100, .08, .98",
        "10, 10, 20, .5, 1",
        "0, 10, 20, 0, .5",
        "2.5, 5, 10, .25, .75"
    })
    void takesEveryMissingLabelForWrongAndForRight(double sum, long labelled, long all, double low, double high) {
        assertThat(WorstCase.of(sum, labelled, all)).isEqualTo(new Interval(low, high));
    }

    @Test
    void refusesMoreLabelsThanPredictions() {
        assertThatIllegalArgumentException().isThrownBy(() -> WorstCase.of(1, 11, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> WorstCase.of(11, 10, 20));
    }
}
