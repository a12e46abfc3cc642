package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void addsScoresUp() {
        Counts counts = Counts.NONE.plus(1).plus(.5);
        assertThat(counts).isEqualTo(new Counts(1.5, 2));
        assertThat(counts.accuracy()).isEqualTo(.75);
        assertThat(Counts.NONE.accuracy()).isNaN();
    }

    @Test
    void refusesImpossibleScores() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Counts.NONE.plus(1.5))
                .withMessage("score: 1.5 (expected: a number in [0, 1])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Counts(2, 1))
                .withMessage("scoreSum: 2.0 (expected: 0 to 1)");
    }
}
