package io.abgate.registry.evidence;

/**
 * One-sided sequential McNemar test by plug-in: its product grows where the candidate is worse than the champion on
 * requests that both answered. Made for the life ledger, whose stakes move while it runs.
 *
 * <p>McNemar, Psychometrika 12, 1947: only pairs on which one is right and the other wrong tell something. With n10
 * pairs won by the champion and n01 by the candidate so far, q = max((n10 + 1) / (n01 + n10 + 2), ½), and
 *
 * <pre>L = 2 q  if only the champion was right, 2 (1 − q)  if only the candidate was, 1  otherwise</pre>
 *
 * <p>Proof: with D = score of the candidate − score of the champion that is L = 1 − (2 q − 1) D, q from the past and
 * 2 q − 1 ≥ 0, so E[L | past] ≤ 1 whenever E[D | past] ≥ 0. Written so it holds for all scores in [0, 1] too, where n10
 * and n01 are the sums of the differences; as |D| ≤ 1 and q &lt; 1 it is positive.
 */
public final class PairedInferiority {
    private double championWon;
    private double candidateWon;

    /** The e-factor of one pair of scores, each in [0, 1], which is then learnt from. */
    public double factor(double candidateScore, double championScore) {
        Bounds.score(candidateScore);
        Bounds.score(championScore);
        double difference = candidateScore - championScore;
        double q = Math.max((championWon + 1) / (championWon + candidateWon + 2), .5);
        championWon += Math.max(-difference, 0);
        candidateWon += Math.max(difference, 0);
        return 1 - (2 * q - 1) * difference;
    }

    /**
     * What it has learnt from: sums of the differences.
     *
     * @param championWon n10
     * @param candidateWon n01
     */
    public record Snapshot(double championWon, double candidateWon) {}

    /** This process as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(championWon, candidateWon);
    }

    /** The process of which a snapshot was taken. */
    public static PairedInferiority restored(Snapshot snapshot) {
        PairedInferiority process = new PairedInferiority();
        process.championWon = snapshot.championWon;
        process.candidateWon = snapshot.candidateWon;
        return process;
    }
}
