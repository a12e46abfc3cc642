package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * Model-X e-process against "all arms are equal": two-sided for two arms, an omnibus test for more. Its product grows
 * where the arms differ on the same traffic.
 *
 * <p>Grünwald, Henzi and Lardy, "Anytime-valid tests of conditional independence under model-X", JASA 2023; block size
 * one of Turner, Ly and Grünwald, arXiv:2106.02693. A unit goes to arm A with known probability π_A and scores y in
 * [0, 1]. With plug-ins θ_a = (S_a + 1) / (n_a + 2) from the past and θ̄ = Σ π_a θ_a,
 *
 * <pre>L = y θ_A / θ̄ + (1 − y) (1 − θ_A) / (1 − θ̄)</pre>
 *
 * <p>Proof: let the mean score given the past be p whatever the arm; p may move in any way. L is linear in y, so
 * E[L | A] = p θ_A / θ̄ + (1 − p) (1 − θ_A) / (1 − θ̄), and as Σ π_a θ_a = θ̄ this averages to p + 1 − p = 1 over A.
 */
public final class ModelXDifference {
    private final double[] sums;
    private final long[] units;

    /** For so many arms, from 2, numbered from 0. */
    public ModelXDifference(int arms) {
        Check.that(arms >= 2, "arms", arms, "a number from 2");
        sums = new double[arms];
        units = new long[arms];
    }

    /**
     * The e-factor of one unit, which is then learnt from.
     *
     * @param arm that the unit was assigned to
     * @param propensities the probability of each arm; they sum to 1, that of {@code arm} is positive
     * @param score of the unit, in [0, 1]
     */
    public double factor(int arm, double[] propensities, double score) {
        Bounds.assignment(arm, propensities, sums.length);
        Bounds.score(score);
        double mixed = 0;
        for (int a = 0; a < sums.length; a++) {
            mixed += propensities[a] * theta(a);
        }
        double theta = theta(arm);
        sums[arm] += score;
        units[arm]++;
        return score * theta / mixed + (1 - score) * (1 - theta) / (1 - mixed);
    }

    /** Units of an arm learnt from. */
    public Counts counts(int arm) {
        return new Counts(sums[arm], units[arm]);
    }

    /** The process that has learnt from these units and no others. */
    public static ModelXDifference restored(Counts... arms) {
        ModelXDifference process = new ModelXDifference(arms.length);
        for (int arm = 0; arm < arms.length; arm++) {
            process.sums[arm] = arms[arm].scoreSum();
            process.units[arm] = arms[arm].labels();
        }
        return process;
    }

    private double theta(int arm) {
        return (sums[arm] + 1) / (units[arm] + 2);
    }
}
