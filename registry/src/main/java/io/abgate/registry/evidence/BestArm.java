package io.abgate.registry.evidence;

/**
 * P(arm is best) for independent Beta posteriors, by quadrature on a grid of midpoints of [0, 1].
 *
 * <p>P(a best) = ∫ f_a Π F_b. With cell masses m_k the distribution function at midpoint k is the trapezoidal sum with
 * its first Euler–Maclaurin correction, F(k) = Σ_{j&lt;k} m_j + m_k / 2 − (m_{k+1} − m_{k−1}) / 24, which lifts the error
 * from O(h²) to O(h⁴); the sum of two arms stays 1.
 *
 * <p>On 1,024 cells the error is below 1e-7 at 1,000 labels where posteriors vanish at the ends of [0, 1], and below
 * .003 at 500 labels where all mass leans on an end.
 */
final class BestArm {
    private final double[] logs;
    private final double[] complementLogs;
    private final double[][] masses;
    private final double[][] below;

    /** For up to {@code mostArms} arms on {@code cells} cells; all memory is taken here. */
    BestArm(int mostArms, int cells) {
        logs = new double[cells];
        complementLogs = new double[cells];
        for (int cell = 0; cell < cells; cell++) {
            double midpoint = (cell + 0.5) / cells;
            logs[cell] = StrictMath.log(midpoint);
            complementLogs[cell] = StrictMath.log1p(-midpoint);
        }
        masses = new double[mostArms][cells];
        below = new double[mostArms][cells];
    }

    /** Sets the posterior of an arm to Beta(successes + 1, failures + 1). */
    void posterior(int arm, double successes, double failures) {
        double[] mass = masses[arm];
        double highest = Double.NEGATIVE_INFINITY;
        for (int cell = 0; cell < mass.length; cell++) {
            mass[cell] = successes * logs[cell] + failures * complementLogs[cell];
            highest = Math.max(highest, mass[cell]);
        }
        normalize(mass, highest);
        accumulate(mass, below[arm]);
    }

    /** Fills {@code best} with P(arm is best) of its first arms; they sum to 1 but for rounding. */
    void probabilities(double[] best) {
        double total = 0;
        for (int arm = 0; arm < best.length; arm++) {
            best[arm] = integral(arm, best.length);
            total += best[arm];
        }
        for (int arm = 0; arm < best.length; arm++) {
            best[arm] /= total;
        }
    }

    private double integral(int arm, int arms) {
        double sum = 0;
        for (int cell = 0; cell < logs.length; cell++) {
            double product = masses[arm][cell];
            for (int other = 0; other < arms; other++) {
                product *= other == arm ? 1 : below[other][cell];
            }
            sum += product;
        }
        return sum;
    }

    /** Turns the logarithms of a density, {@code highest} the largest of them, into masses that sum to 1. */
    private static void normalize(double[] mass, double highest) {
        double sum = 0;
        for (int cell = 0; cell < mass.length; cell++) {
            mass[cell] = StrictMath.exp(mass[cell] - highest);
            sum += mass[cell];
        }
        for (int cell = 0; cell < mass.length; cell++) {
            mass[cell] /= sum;
        }
    }

    private static void accumulate(double[] mass, double[] below) {
        double sum = 0;
        for (int cell = 0; cell < mass.length; cell++) {
            double left = cell == 0 ? 0 : mass[cell - 1];
            double right = cell == mass.length - 1 ? 0 : mass[cell + 1];
            double value = sum + mass[cell] / 2 - (right - left) / 24;
            below[cell] = Math.min(1, Math.max(0, value));
            sum += mass[cell];
        }
    }
}
