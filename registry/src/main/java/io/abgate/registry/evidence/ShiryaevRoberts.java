package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * e-SR detector: tells that the mean of scores in [0, 1] has fallen below m, with an average run to a false alarm of at
 * least 1/α scores.
 *
 * <p>Shin, Ramdas and Rinaldo, "E-detectors: a nonparametric framework for sequential change detection", NEJSDS 2024,
 * arXiv:2203.03532, after Shiryaev (1963) and Roberts (1966). For six alternatives p_k = max(m − g_k, .02), g_k geometric
 * from .02 to .40, bets λ_k = (m − p_k) / (m (1 − m)):
 *
 * <pre>M_k ← (1 + M_k) (1 + λ_k (m − y)),  alarm when their mean reaches 1/α</pre>
 *
 * <p>Proof: while E[y | past] ≥ m each factor has mean at most 1, so M − t is a supermartingale from 0 for the mean M of
 * the six; stopped at an alarm, E[stop] ≥ E[M at the stop] ≥ 1/α. Scores need be neither independent nor right or wrong.
 * An infinite stream allows no "never": this is a promise of rarity, so the detector may ask a question but never take a
 * version back by itself.
 */
public final class ShiryaevRoberts {
    private static final int ALTERNATIVES = 6;
    private static final double SMALLEST_FALL = .02;
    private static final double LARGEST_FALL = .40;
    private static final double LEAST_MEAN = .02;
    /** Keeps M finite long after an alarm. */
    private static final double MOST = 1e300;

    private final double threshold;
    private final double mean;
    private final double[] bets = new double[ALTERNATIVES];
    private final double[] evidence = new double[ALTERNATIVES];

    /**
     * Nothing seen yet.
     *
     * @param mean m, in (.04, 1): the least mean that is no fall
     * @param alpha 1 over the average number of scores to a false alarm, in (0, 1)
     */
    public ShiryaevRoberts(double mean, double alpha) {
        Check.that(mean > 2 * LEAST_MEAN && mean < 1, "mean", mean, "a number in (0.04, 1)");
        Check.that(alpha > 0 && alpha < 1, "alpha", alpha, "a number in (0, 1)");
        this.mean = mean;
        this.threshold = 1 / alpha;
        for (int k = 0; k < ALTERNATIVES; k++) {
            double part = (double) k / (ALTERNATIVES - 1);
            double fall = SMALLEST_FALL * StrictMath.pow(LARGEST_FALL / SMALLEST_FALL, part);
            bets[k] = (mean - Math.max(mean - fall, LEAST_MEAN)) / (mean * (1 - mean));
        }
    }

    /** Counts one score in [0, 1]. */
    public void score(double score) {
        Bounds.score(score);
        double excess = mean - score;
        for (int k = 0; k < ALTERNATIVES; k++) {
            evidence[k] = Math.min((1 + evidence[k]) * (1 + bets[k] * excess), MOST);
        }
    }

    /** The statistic now: the mean of the six. */
    public double statistic() {
        double sum = 0;
        for (double one : evidence) {
            sum += one / ALTERNATIVES;
        }
        return sum;
    }

    /** Whether the statistic is at or above 1/α now. */
    public boolean alarms() {
        return statistic() >= threshold;
    }

    /** m: the least mean that is no fall. */
    public double mean() {
        return mean;
    }

    /** What has changed in it: the evidence for each alternative. */
    public double[] snapshot() {
        return evidence.clone();
    }

    /** The detector of which a snapshot was taken. */
    public static ShiryaevRoberts restored(double mean, double alpha, double[] snapshot) {
        Check.that(snapshot.length == ALTERNATIVES, "snapshot", snapshot.length, "six numbers");
        ShiryaevRoberts detector = new ShiryaevRoberts(mean, alpha);
        System.arraycopy(snapshot, 0, detector.evidence, 0, ALTERNATIVES);
        return detector;
    }
}
