package io.abgate.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.abgate.registry.domain.PromotionProof.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromotionProofTest {
    @Test
    void takesALadderThatStaysOrGrows() {
        assertThat(climbing(new Step(.25, 30), new Step(.25, 30), new Step(.5, 40))
                        .ladder())
                .hasSize(3);
    }

    @Test
    void refusesALadderThatGoesDownAgainOrHasNoStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> climbing(new Step(.6, 30), new Step(.5, 30)))
                .withMessage("rollout.ladder.share: 0.5 (expected: at least that of the step before, 0.6)");
        assertThatIllegalArgumentException()
                .isThrownBy(PromotionProofTest::climbing)
                .withMessage("rollout.ladder: [] (expected: at least one step)");
    }

    @Test
    void takesNoFewerLabelsThanTheLadderHas() {
        assertThat(climbing(new Step(.5, 100)).mostLabels()).isEqualTo(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> climbing(new Step(.5, 101)))
                .withMessage("rollout.mostLabels: 100 (expected: at least all of the ladder, 101)");
    }

    @Test
    void refusesAShareThatIsNoToss() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Step(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step(.5, 0));
    }

    private static PromotionProof climbing(Step... ladder) {
        return new PromotionProof(.05, .02, 10, 20, List.of(ladder), .05, 100);
    }
}
