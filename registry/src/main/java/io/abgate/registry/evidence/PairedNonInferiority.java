package io.abgate.registry.evidence;

/**
 * E-process for "the candidate is less than a margin d worse than the champion", on requests that both answered.
 *
 * <p>With the paired difference D = score of the candidate − score of the champion, in [−1, 1], its factors are
 * 1 + λ (D + d), 0 ≤ λ ≤ ½ / (1 − d), λ from the past (Waudby-Smith and Ramdas, JRSS B 86, 2024). Pairs in which both
 * are right count too: they too say that the candidate is no worse than d.
 *
 * <p>Proof: E[D + d | past] ≤ 0 as long as the candidate is worse by at least d, hence E[L | past] ≤ 1, and by Ville the
 * product ever reaches 1/α with probability at most α. It holds only where a label does not depend on which of the two
 * answers was served.
 */
public final class PairedNonInferiority {
    private final double margin;
    private MeanBet bet = new MeanBet();

    /** Tests for less than {@code margin} worse, in [0, 1). */
    public PairedNonInferiority(double margin) {
        Bounds.margin(margin);
        this.margin = margin;
    }

    /** The e-factor of one pair of scores, each in [0, 1], which is then learnt from. */
    public double factor(double candidateScore, double championScore) {
        Bounds.score(candidateScore);
        Bounds.score(championScore);
        return bet.factor(candidateScore - championScore + margin, .5 / (1 - margin));
    }

    /** All that changes in it. */
    public record Snapshot(double betSum, double betSquares) {}

    /** This process as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(bet.sum(), bet.squares());
    }

    /** The process of which a snapshot was taken. */
    public static PairedNonInferiority restored(double margin, Snapshot snapshot) {
        PairedNonInferiority process = new PairedNonInferiority(margin);
        process.bet = MeanBet.restored(snapshot.betSum, snapshot.betSquares);
        return process;
    }
}
