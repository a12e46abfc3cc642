package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.simulation.Simulation;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DiscountedThompsonTest {
    @Test
    void splitsEquallyBeforeTheFirstLabel() {
        assertThat(arms(.998, 1, 2, 3, 4).shares(.05))
                .containsExactly(new double[] {.25, .25, .25, .25}, within(1e-12));
    }

    @Test
    void turnsLabelsIntoTheProbabilityOfBeingBest() {
        DiscountedThompson arms = arms(1, 7, 9);
        learn(arms, 7, 80, 20);
        learn(arms, 9, 90, 10);
        double[] shares = arms.shares(.05);
        assertThat(arms.versions()).containsExactly(7, 9);
        assertThat(shares[1]).isCloseTo(.05 + .9 * 0.9751730332, within(1e-6));
    }

    @Test
    void alwaysSharesOutExactlyEverything() {
        RandomGenerator random = Simulation.random(11);
        DiscountedThompson arms = arms(.998, 1, 2, 3, 4, 5);
        arms.cap(3, .04);
        for (int i = 0; i < 500; i++) {
            arms.learn(random.nextInt(1, 6), random.nextDouble());
            double[] shares = arms.shares(.03);
            assertThat(Arrays.stream(shares).boxed().reduce(0.0, Double::sum)).isEqualTo(1.0);
            assertThat(shares[2]).isBetween(.03 - 1e-14, .04 + 1e-14);
            assertThat(Arrays.stream(shares).min().orElseThrow()).isGreaterThan(.03 - 1e-14);
        }
    }

    @Test
    void forgetsAtThePromisedRate() {
        double discount = .9;
        DiscountedThompson arms = arms(discount, 1, 2);
        double right = 0;
        double wrong = 0;
        for (int i = 0; i < 5_000; i++) {
            arms.learn(1, i % 3 == 0 ? 0 : 1);
            right = right * discount + (i % 3 == 0 ? 0 : 1);
            wrong = wrong * discount + (i % 3 == 0 ? 1 : 0);
        }
        BestArm expected = new BestArm(2, 1024);
        expected.posterior(0, right, wrong);
        expected.posterior(1, 0, 0);
        double[] best = new double[2];
        expected.probabilities(best);
        assertThat(arms.shares(0)).containsExactly(best, within(1e-9));
    }

    @Test
    void followsAnArmThatBecomesBetter() {
        DiscountedThompson arms = arms(.99, 1, 2);
        learn(arms, 1, 300, 100);
        learn(arms, 2, 100, 300);
        assertThat(arms.shares(.05)[0]).isGreaterThan(.9);
        for (int i = 0; i < 300; i++) {
            arms.learn(1, i % 4 == 0 ? 1 : 0);
            arms.learn(2, i % 4 == 0 ? 0 : 1);
        }
        assertThat(arms.shares(.05)[1]).isGreaterThan(.9);
    }

    @Test
    void givesTheExcessOfACappedArmToTheOthersInProportion() {
        DiscountedThompson arms = arms(1, 1, 2, 3);
        learn(arms, 1, 8, 4);
        learn(arms, 2, 7, 5);
        learn(arms, 3, 19, 1);
        double[] free = arms.shares(.05);
        arms.cap(3, .1);
        double[] capped = arms.shares(.05);
        assertThat(free[2]).isGreaterThan(.8);
        assertThat(capped[2]).isCloseTo(.1, within(1e-14));
        assertThat(capped[0] / capped[1]).isCloseTo(free[0] / free[1], within(1e-9));
        arms.cap(3, 1);
        assertThat(arms.shares(.05)).containsExactly(free);
    }

    @Test
    void sharesOutTheExcessWhenTheOthersHaveNothing() {
        DiscountedThompson arms = arms(1, 1, 2);
        learn(arms, 1, 0, 100_000);
        learn(arms, 2, 100_000, 0);
        arms.cap(2, .2);
        assertThat(arms.shares(0)).containsExactly(new double[] {.8, .2}, within(1e-14));
    }

    @Test
    void givesALoneArmEverythingWhateverItsCap() {
        DiscountedThompson arms = arms(.998, 4);
        arms.cap(4, .05);
        assertThat(arms.shares(.05)).containsExactly(1.0);
    }

    @Test
    void takesAndLosesArmsBetweenLabels() {
        DiscountedThompson arms = arms(.998, 1, 2);
        learn(arms, 1, 50, 50);
        arms.cap(2, .05);
        arms.remove(2);
        arms.learn(2, 1);
        arms.add(3);
        arms.add(2);
        assertThat(arms.versions()).containsExactly(1, 3, 2);
        double[] shares = arms.shares(.05);
        assertThat(shares[1]).isCloseTo(shares[2], within(1e-12)).isGreaterThan(.05);
    }

    @Test
    void refusesWhatMakesNoSense() {
        DiscountedThompson arms = arms(.998, 1, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> arms.add(1)).withMessageStartingWith("version: 1");
        assertThatIllegalArgumentException().isThrownBy(() -> arms.remove(3)).withMessageStartingWith("version: 3");
        assertThatIllegalArgumentException().isThrownBy(() -> arms.shares(.6)).withMessageStartingWith("floor: 0.6");
        assertThatIllegalArgumentException().isThrownBy(() -> arms.learn(1, 2)).withMessageStartingWith("score: 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new DiscountedThompson(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DiscountedThompson(1).shares(0));
    }

    private static DiscountedThompson arms(double discount, int... versions) {
        DiscountedThompson arms = new DiscountedThompson(discount);
        for (int version : versions) {
            arms.add(version);
        }
        return arms;
    }

    private static void learn(DiscountedThompson arms, int version, int right, int wrong) {
        for (int i = 0; i < right; i++) {
            arms.learn(version, 1);
        }
        for (int i = 0; i < wrong; i++) {
            arms.learn(version, 0);
        }
    }
}
