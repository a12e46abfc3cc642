package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestArmTest {
    @ParameterizedTest
    @CsvSource({"81, 21, 91, 11, 0.9751730332", "9, 3, 8, 4, 0.3175586024", "801, 201, 821, 181, 0.8725952270"})
    void agreesWithTheReference(double a1, double b1, double a2, double b2, double secondIsBest) {
        assertThat(best(16_384, a1, b1, a2, b2)[1]).isCloseTo(secondIsBest, within(1e-9));
        assertThat(best(1024, a1, b1, a2, b2)[1]).isCloseTo(secondIsBest, within(1e-7));
    }

    /** P(Beta(a, 1) &gt; Beta(b, 1)) = a / (a + b): all mass at the edge, where a grid is at its worst. */
    @ParameterizedTest
    @CsvSource({"2, 1", "51, 26", "501, 251", "501, 500"})
    void staysCloseWhenNothingEverWentWrong(double a, double b) {
        assertThat(best(1024, a, 1, b, 1)[0]).isCloseTo(a / (a + b), within(3e-3));
    }

    @Test
    void givesEqualArmsEqualChances() {
        assertThat(best(1024, 9, 3, 9, 3, 9, 3))
                .containsExactly(new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3}, within(1e-12));
    }

    @Test
    void givesALoneArmEverything() {
        assertThat(best(1024, 9, 3)).containsExactly(1.0);
    }

    @Test
    void staysAProbabilityWhenPosteriorsAreNarrowerThanTheGrid() {
        double[] best = best(1024, 8e8, 2e8, 8.1e8, 1.9e8);
        assertThat(best[0]).isBetween(0.0, 1e-12);
        assertThat(best[1]).isBetween(1 - 1e-12, 1.0);
    }

    private static double[] best(int cells, double... parameters) {
        BestArm arms = new BestArm(parameters.length / 2, cells);
        for (int arm = 0; arm < parameters.length / 2; arm++) {
            arms.posterior(arm, parameters[2 * arm] - 1, parameters[2 * arm + 1] - 1);
        }
        double[] best = new double[parameters.length / 2];
        arms.probabilities(best);
        return best;
    }
}
