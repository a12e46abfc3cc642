package io.abgate.registry.evidence;

/**
 * Bets that the mean of bounded observations is above 0: the factors 1 + λ Z of a test martingale.
 *
 * <p>Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024. The stake is
 * Kelly's, from the past alone and shrunk by one observation of ½: λ = ΣZ / (¼ + ΣZ²), between 0 and a cap.
 *
 * <p>Proof: λ ≥ 0 is known before Z, so E[1 + λ Z | past] ≤ 1 whenever E[Z | past] ≤ 0; and the cap is at most half of
 * 1 / |least Z|, so no factor is below ½.
 */
final class MeanBet {
    private static final double PRIOR = .25;

    private double sum;
    private double squares;

    /** The e-factor of one observation, which is then learnt from. */
    double factor(double z, double cap) {
        double lambda = Math.min(Math.max(sum / (PRIOR + squares), 0), cap);
        sum += z;
        squares += z * z;
        return 1 + lambda * z;
    }

    double sum() {
        return sum;
    }

    double squares() {
        return squares;
    }

    static MeanBet restored(double sum, double squares) {
        MeanBet bet = new MeanBet();
        bet.sum = sum;
        bet.squares = squares;
        return bet;
    }
}
