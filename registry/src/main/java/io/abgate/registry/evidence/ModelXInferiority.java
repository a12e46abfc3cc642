package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * Model-X two-sample e-process against a new version: its product grows only where the new one is worse than the
 * control on the same traffic, and may be looked at after every label. With the sides exchanged it is a test of
 * superiority.
 *
 * <p>Grünwald, Henzi and Lardy, "Anytime-valid tests of conditional independence under model-X", JASA 2023; block size
 * one of Turner, Ly and Grünwald, arXiv:2106.02693. A unit goes to version A, the new one with known probability π, and
 * scores y in [0, 1]. With plug-ins θ = (S + 1) / (n + 2) from the past and θ̄ = π θ_new + (1 − π) θ_control,
 *
 * <pre>L = y θ_A / θ̄ + (1 − y) (1 − θ_A) / (1 − θ̄)   if θ_new &lt; θ_control, else 1</pre>
 *
 * <p>Proof: let the mean scores given the past be p_new and p_control, r = θ_new / θ̄ and s = (1 − θ_new) / (1 − θ̄).
 * L is linear in y, and both r and s average to 1 over A, so E[L] = 1 + π (p_new − p_control) (r − s). A bet has r &lt; s;
 * so E[L] ≤ 1 whenever p_new ≥ p_control, however both move together, and by Ville the product ever reaches 1/α
 * with probability at most α. It is the past that makes it so: a θ that has seen this y breaks the proof. Any θ from the
 * past will do, so the sums S and n may be discounted: then old units fade, and a version that turns bad late is seen
 * sooner.
 */
public final class ModelXInferiority {
    private final double discount;
    private double newSum;
    private double newUnits;
    private double controlSum;
    private double controlUnits;

    /** Every unit weighs the same. */
    public ModelXInferiority() {
        this(1);
    }

    /** Each unit first multiplies the weights of all earlier ones by {@code discount}, in (0, 1]. */
    public ModelXInferiority(double discount) {
        Check.that(discount > 0 && discount <= 1, "discount", discount, "a number in (0, 1]");
        this.discount = discount;
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
        double factor = bet(toNew, propensityNew, score);
        learn(toNew, score);
        return factor;
    }

    /** Units of the new version learnt from, where nothing is discounted. */
    public Counts countsOfNew() {
        return new Counts(newSum, (long) newUnits);
    }

    /** Units of the control learnt from, where nothing is discounted. */
    public Counts countsOfControl() {
        return new Counts(controlSum, (long) controlUnits);
    }

    /** The process that has learnt from these units and no others, discounting nothing. */
    public static ModelXInferiority restored(Counts ofNew, Counts ofControl) {
        return restored(1, new Snapshot(ofNew.scoreSum(), ofNew.labels(), ofControl.scoreSum(), ofControl.labels()));
    }

    /** All that changes in it: weighted sums of scores and of units. */
    public record Snapshot(double newSum, double newUnits, double controlSum, double controlUnits) {}

    /** This process as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(newSum, newUnits, controlSum, controlUnits);
    }

    /** The process of which a snapshot was taken. */
    public static ModelXInferiority restored(double discount, Snapshot snapshot) {
        ModelXInferiority process = new ModelXInferiority(discount);
        process.newSum = snapshot.newSum;
        process.newUnits = snapshot.newUnits;
        process.controlSum = snapshot.controlSum;
        process.controlUnits = snapshot.controlUnits;
        return process;
    }

    private double bet(boolean toNew, double propensityNew, double score) {
        double thetaNew = (newSum + 1) / (newUnits + 2);
        double thetaControl = (controlSum + 1) / (controlUnits + 2);
        if (thetaNew >= thetaControl) {
            return 1;
        }
        double mixed = propensityNew * thetaNew + (1 - propensityNew) * thetaControl;
        double theta = toNew ? thetaNew : thetaControl;
        return score * theta / mixed + (1 - score) * (1 - theta) / (1 - mixed);
    }

    private void learn(boolean toNew, double score) {
        newSum *= discount;
        newUnits *= discount;
        controlSum *= discount;
        controlUnits *= discount;
        if (toNew) {
            newSum += score;
            newUnits++;
        } else {
            controlSum += score;
            controlUnits++;
        }
    }
}
