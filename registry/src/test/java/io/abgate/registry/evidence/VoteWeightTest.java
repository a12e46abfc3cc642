package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VoteWeightTest {
    /** Reference values are ln((K − 1) (S + 1) / (F + K − 1)), by hand or with bc. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 2, 0",
        "89, 9, 2, 2.1972245773362196", // ln 9: p = .9
        "1, 1, 2, 0",
        "2, 1, 2, 0.4054651081081644", // ln 1.5
        "1, 2, 2, 0",
        "0, 0, 10, 0",
        "1, 9, 10, 0", // p = .1 = 1/10
        "2, 9, 10, 0.4054651081081644", // ln(9 · 3 / 18)
        "89, 1, 10, 4.394449154672439" // ln(9 · 90 / 10)
    })
    void isTheLogarithmOfTheOddsAgainstGuessing(double right, double wrong, int labels, double weight) {
        assertThat(VoteWeight.of(right, wrong, labels)).isEqualTo(weight, within(1e-12));
    }

    @Test
    void weighsNothingWhereTheMemberIsNoBetterThanGuessing() {
        assertThat(VoteWeight.of(10, 90, 2)).isZero();
        assertThat(VoteWeight.of(5, 95, 10)).isZero();
        assertThat(VoteWeight.accuracy(5, 95, 10)).isLessThan(.1);
    }

    /** Three members of .9, .6 and .6: the weighted majority follows the best one, the plain majority does worse. */
    @Test
    void makesTheMajorityRightAsOftenAsCanBe() {
        double[] accuracies = {.9, .6, .6};
        double[] weights = new double[3];
        for (int i = 0; i < 3; i++) {
            weights[i] = VoteWeight.of(accuracies[i] * 1e6, (1 - accuracies[i]) * 1e6, 2);
        }
        assertThat(rightWith(accuracies, weights)).isEqualTo(.9, within(1e-12));
        assertThat(rightWith(accuracies, new double[] {1, 1, 1})).isEqualTo(.792, within(1e-12));
    }

    private static double rightWith(double[] accuracies, double[] weights) {
        double right = 0;
        for (int who = 0; who < 8; who++) {
            double probability = 1;
            double margin = 0;
            for (int i = 0; i < 3; i++) {
                boolean isRight = (who >> i & 1) == 1;
                probability *= isRight ? accuracies[i] : 1 - accuracies[i];
                margin += isRight ? weights[i] : -weights[i];
            }
            right += margin > 0 ? probability : 0;
        }
        return right;
    }

    @Test
    void refusesWhatIsNoCount() {
        assertThatThrownBy(() -> VoteWeight.of(-1, 0, 2)).hasMessageContaining("right: -1.0");
        assertThatThrownBy(() -> VoteWeight.of(0, Double.NaN, 2)).hasMessageContaining("wrong: NaN");
        assertThatThrownBy(() -> VoteWeight.of(0, 0, 1)).hasMessageContaining("labels: 1");
    }
}
