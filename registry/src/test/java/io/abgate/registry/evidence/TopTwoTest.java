package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TopTwoTest {
    /** Computed by hand from Russo's formula. */
    @Test
    void agreesWithTheReference() {
        assertThat(TopTwo.of(new double[] {.7, .2, .1}))
                .containsExactly(new double[] {.47638889, .34444444, .17916667}, within(5e-9));
    }

    @Test
    void splitsTheRestEquallyBesideAnArmThatIsCertain() {
        assertThat(TopTwo.of(new double[] {0, 1, 0})).containsExactly(new double[] {.25, .5, .25}, within(1e-15));
        assertThat(TopTwo.of(new double[] {1})).containsExactly(1);
    }

    @Test
    void givesTwoArmsHalfEachAndStillKeepsTheFloorOfMore() {
        DiscountedThompson arms = new DiscountedThompson(1);
        arms.add(1);
        arms.add(2);
        for (int i = 0; i < 400; i++) {
            arms.learn(1, 1);
            arms.learn(2, i % 2);
        }
        assertThat(arms.topTwoShares(.05)).containsExactly(new double[] {.5, .5}, within(1e-9));
        arms.add(3);
        double[] shares = arms.topTwoShares(.05);
        assertThat(shares[0] + shares[1] + shares[2]).isEqualTo(1);
        assertThat(shares[1]).isGreaterThanOrEqualTo(.05 - 1e-14);
    }
}
