package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;
import java.util.Arrays;

/**
 * Sequential test of the split: do the units that arrive go to the arms as often as they were meant to, however the
 * shares move?
 *
 * <p>Lindon and Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022, tilted so that it stands
 * shares that change with each unit. With arm A meant with probability π_A, n_a units of arm a so far, E_a the sum of
 * its past π_a, prior shares θ and strength k,
 *
 * <pre>w_a = (k θ_a + n_a) / (k θ_a + E_a),  L = w_A / Σ π_a w_a</pre>
 *
 * <p>Proof: w is from the past, so Σ_a π_a L(a) = 1. If all shares are θ it is Lindon and Malek's Bayes factor against
 * a Dirichlet(k θ) mixture. Counted on requests it finds lost traffic, on labelled units labels that come oftener for
 * one arm.
 */
public final class SampleRatioTest {
    private static final double STRENGTH = 100;

    private final double[] prior;
    private final double[] units;
    private final double[] expected;

    /** For so many arms, from 2, numbered from 0, with equal prior shares. */
    public SampleRatioTest(int arms) {
        this(equal(arms));
    }

    /** With these prior shares, all positive; the closer to those that are meant, the sooner it sees a fault. */
    public SampleRatioTest(double... priorShares) {
        Check.that(priorShares.length >= 2, "arms", priorShares.length, "a number from 2");
        prior = new double[priorShares.length];
        units = new double[priorShares.length];
        expected = new double[priorShares.length];
        for (int arm = 0; arm < prior.length; arm++) {
            Check.that(priorShares[arm] > 0 && priorShares[arm] < 1, "share", priorShares[arm], "a number in (0, 1)");
            prior[arm] = STRENGTH * priorShares[arm];
        }
    }

    /**
     * The e-factor of one unit, which is then learnt from.
     *
     * @param arm that it went to
     * @param propensities the probability of each arm; they sum to 1, that of {@code arm} is positive
     */
    public double factor(int arm, double[] propensities) {
        Bounds.assignment(arm, propensities, prior.length);
        double mean = 0;
        for (int a = 0; a < prior.length; a++) {
            mean += propensities[a] * weight(a);
        }
        double factor = weight(arm) / mean;
        for (int a = 0; a < prior.length; a++) {
            expected[a] += propensities[a];
        }
        units[arm]++;
        return factor;
    }

    /** Units that an arm got. */
    public double units(int arm) {
        return units[arm];
    }

    /** Units that an arm ought to have got on average. */
    public double expected(int arm) {
        return expected[arm];
    }

    /** The test, with equal prior shares, that has seen so many units. */
    public static SampleRatioTest restored(double[] units, double[] expected) {
        SampleRatioTest test = new SampleRatioTest(units.length);
        System.arraycopy(units, 0, test.units, 0, units.length);
        System.arraycopy(expected, 0, test.expected, 0, units.length);
        return test;
    }

    private double weight(int arm) {
        return (prior[arm] + units[arm]) / (prior[arm] + expected[arm]);
    }

    private static double[] equal(int arms) {
        double[] shares = new double[arms];
        Arrays.fill(shares, 1.0 / arms);
        return shares;
    }
}
