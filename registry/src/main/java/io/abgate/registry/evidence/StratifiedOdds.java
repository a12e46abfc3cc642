package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;
import java.util.Arrays;
import java.util.List;

/**
 * E-process for "of two sides as many are hit", side by side in strata within which alone it has to hold: the share of
 * hits may move from one to the next as it likes.
 *
 * <p>Of a and b units in a stratum m are hit, x of those on the first side. Given a, b and m, x is hypergeometric while
 * being hit does not depend on the side. Against that each θ bets that the odds on the first side are e^θ times as high:
 *
 * <pre>L_θ = e^(θ x) / Σ_k h(k) e^(θ k),  h(k) = C(a, k) C(b, m − k) / C(a + b, m)</pre>
 *
 * <p>Proof: given the margins and the past E[L_θ] = Σ_x h(x) e^(θ x) / Σ_k h(k) e^(θ k) = 1, so the products over strata
 * are martingales from 1, and so is their mean over θ = ±⅛, ±¼, ±½, ±1, ±2. By Ville it ever reaches 1/α with probability
 * at most α. It is the noncentral hypergeometric likelihood ratio of Fisher's exact test (Fisher, "The logic of
 * inductive inference", JRSS 98, 1935), over strata as Mantel and Haenszel's (JNCI 22, 1959), made sequential as by
 * Turner, Ly and Grünwald (arXiv:2106.02693).
 */
public final class StratifiedOdds {
    private static final double[] THETAS = {-2, -1, -.5, -.25, -.125, .125, .25, .5, 1, 2};
    /** Smaller terms than this, of the largest, add nothing to a sum of a million. */
    private static final double NEGLIGIBLE = 1e-24;

    private final double[] logs = new double[THETAS.length];
    private double peak;

    /**
     * Counts one stratum; one in which nothing could have come out otherwise says nothing.
     *
     * @param first units on the first side
     * @param firstHit those of them that were hit
     * @param second units on the second side
     * @param secondHit those of them that were hit
     */
    public void stratum(long first, long firstHit, long second, long secondHit) {
        Check.that(firstHit >= 0 && firstHit <= first, "firstHit", firstHit, "0 to " + first);
        Check.that(secondHit >= 0 && secondHit <= second, "secondHit", secondHit, "0 to " + second);
        Margins margins = new Margins(first, second, firstHit + secondHit);
        if (margins.least() == margins.most()) {
            return;
        }
        double none = margins.logSum(0);
        for (int i = 0; i < THETAS.length; i++) {
            logs[i] += THETAS[i] * firstHit + none - margins.logSum(THETAS[i]);
        }
        peak = Math.max(peak, logE());
    }

    /** What is given in a stratum. */
    private record Margins(long first, long second, long hit) {
        long least() {
            return Math.max(0, hit - second);
        }

        long most() {
            return Math.min(first, hit);
        }

        /** ln Σ C(a, k) C(b, m − k) e^(θ k): summed from the largest term outwards, as the terms are log-concave. */
        double logSum(double theta) {
            double weight = StrictMath.exp(theta);
            long mode = mode(weight);
            double sum = 1;
            double term = 1;
            for (long k = mode; k < most() && term > NEGLIGIBLE; k++) {
                term *= ratio(k) * weight;
                sum += term;
            }
            term = 1;
            for (long k = mode; k > least() && term > NEGLIGIBLE; k--) {
                term /= ratio(k - 1) * weight;
                sum += term;
            }
            return logChoose(first, mode) + logChoose(second, hit - mode) + theta * mode + StrictMath.log(sum);
        }

        /** The first k whose next term is not larger. */
        private long mode(double weight) {
            long low = least();
            long high = most();
            while (low < high) {
                long middle = (low + high) >>> 1;
                if (ratio(middle) * weight > 1) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** The term of k + 1 over that of k, without its weight. */
        private double ratio(long k) {
            return (double) (first - k) / (k + 1) * ((double) (hit - k) / (second - hit + k + 1));
        }

        private static double logChoose(long all, long some) {
            return -StrictMath.log(all + 1.0) - LogBeta.of(some + 1.0, all - some + 1.0);
        }
    }

    /** Natural logarithm of the e-value now. */
    public double logE() {
        double most = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(log - most);
        }
        return most + StrictMath.log(sum / logs.length);
    }

    /** Whether the e-value has ever reached 1/α. */
    public boolean rejects(double alpha) {
        return peak >= -StrictMath.log(alpha);
    }

    /**
     * All that changes in it.
     *
     * @param logs of the products, one a θ
     * @param peak natural logarithm of the highest e-value so far
     */
    public record Snapshot(List<Double> logs, double peak) {
        public Snapshot {
            Check.that(logs.size() == THETAS.length, "logs", logs.size(), THETAS.length + " of them");
            logs = List.copyOf(logs);
        }
    }

    /** This process as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(Arrays.stream(logs).boxed().toList(), peak);
    }

    /** The process of which a snapshot was taken. */
    public static StratifiedOdds restored(Snapshot snapshot) {
        StratifiedOdds process = new StratifiedOdds();
        Arrays.setAll(process.logs, snapshot.logs()::get);
        process.peak = snapshot.peak();
        return process;
    }
}
