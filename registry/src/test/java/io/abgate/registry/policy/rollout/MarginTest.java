package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class MarginTest {
    private static final double NOTHING = Double.NaN;

    @Test
    void isLessByWhatWasUsedAndNeverBelowNothing() {
        assertThat(Margin.after(.05, .02).left()).isCloseTo(.03, within(1e-15));
        assertThat(Margin.after(.05, .05).left()).isZero();
        assertThat(Margin.after(.05, .07).left()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> Margin.after(.05, -.01));
    }

    @Test
    void addsTheSmallerOfWhatIsProvenInShadowAndLive() {
        Margin margin = Margin.after(.05, .02);
        assertThat(margin.usedIfPromoted(.01).total()).isCloseTo(.03, within(1e-15));
        assertThat(margin.provenAsShadow(.004).usedIfPromoted(.01).total()).isCloseTo(.024, within(1e-15));
        assertThat(margin.provenAsShadow(.02).usedIfPromoted(.01).total()).isCloseTo(.03, within(1e-15));
        assertThat(margin.provenAsShadow(.02).usedIfPromoted(NOTHING).total()).isCloseTo(.04, within(1e-15));
    }

    @Test
    void addsNothingWhereNothingIsProven() {
        assertThat(Margin.after(.05, .02)
                        .provenAsShadow(NOTHING)
                        .usedIfPromoted(NOTHING)
                        .total())
                .isCloseTo(.02, within(1e-15));
    }

    @Test
    void beginsAnewWithAnImprovementOnLiveTrafficAlone() {
        Margin margin = Margin.after(.05, .05);
        assertThat(margin.usedIfPromoted(0).total()).isZero();
        assertThat(margin.provenAsShadow(0).left()).as("better on copies").isZero();
        assertThat(margin.provenAsShadow(0).usedIfPromoted(NOTHING).total()).isEqualTo(.05);
        assertThat(Margin.after(.05, .02).provenAsShadow(0).usedIfPromoted(.03).total())
                .as("adds nothing, and gives nothing back")
                .isCloseTo(.02, within(1e-15));
        assertThat(margin.provenAsShadow(.01).usedIfPromoted(0).total()).isZero();
    }
}
