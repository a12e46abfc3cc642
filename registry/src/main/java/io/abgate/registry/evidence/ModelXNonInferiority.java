package io.abgate.registry.evidence;

/**
 * E-process for "the new version is less than a margin d worse than the control", on live traffic: its product grows
 * where the new one is not inferior. With d = 0 it is a test of superiority.
 *
 * <p>A unit goes to the new version with known probability π and scores y in [0, 1]. With c = (S + ½) / (n + 1), the
 * mean of all earlier units of both,
 *
 * <pre>Z = (y − c) / π + d        for a unit of the new version
 * Z = −(y − c) / (1 − π) + d  for one of the control
 * L = 1 + λ Z,  0 ≤ λ ≤ ½ / |least Z|,  least Z = d − max(c / π, (1 − c) / (1 − π))</pre>
 *
 * <p>Proof: by the known propensity (Horvitz and Thompson, JASA 47, 1952) E[Z | past] = p_new − p_control + d for any c
 * from the past, which is ≤ 0 as long as the new version is worse by at least d; λ is from the past too (Waudby-Smith
 * and Ramdas, JRSS B 86, 2024), so E[L | past] ≤ 1, and by Ville the product ever reaches 1/α with probability at most α.
 */
public final class ModelXNonInferiority {
    private final double margin;
    private MeanBet bet = new MeanBet();
    private double sum;
    private long units;

    /** Tests for less than {@code margin} worse, in [0, 1). */
    public ModelXNonInferiority(double margin) {
        Bounds.margin(margin);
        this.margin = margin;
    }

    /**
     * The e-factor of one unit, which is then learnt from.
     *
     * @param toNew whether the unit was assigned to the new version
     * @param propensityNew the probability of that, in (0, 1)
     * @param score of the unit, in [0, 1]
     */
    public double factor(boolean toNew, double propensityNew, double score) {
        Bounds.propensity(propensityNew);
        Bounds.score(score);
        double center = (sum + .5) / (units + 1);
        double propensityControl = 1 - propensityNew;
        double z = margin + (toNew ? (score - center) / propensityNew : (center - score) / propensityControl);
        double least = margin - Math.max(center / propensityNew, (1 - center) / propensityControl);
        sum += score;
        units++;
        return bet.factor(z, .5 / Math.abs(least));
    }

    /** All that changes in it. */
    public record Snapshot(double betSum, double betSquares, double sum, long units) {}

    /** This process as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(bet.sum(), bet.squares(), sum, units);
    }

    /** The process of which a snapshot was taken. */
    public static ModelXNonInferiority restored(double margin, Snapshot snapshot) {
        ModelXNonInferiority process = new ModelXNonInferiority(margin);
        process.bet = MeanBet.restored(snapshot.betSum, snapshot.betSquares);
        process.sum = snapshot.sum;
        process.units = snapshot.units;
        return process;
    }
}
