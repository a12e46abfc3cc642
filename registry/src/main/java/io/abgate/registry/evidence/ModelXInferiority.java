package io.abgate.registry.evidence;

/**
 * Model-X two-sample e-process against a new version: its product grows only where the new one is worse than the
 * control on the same traffic, and may be looked at after every label.
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
 * with probability at most α. It is the past that makes it so: a θ that has seen this y breaks the proof.
 */
public final class ModelXInferiority {
    private double newSum;
    private long newLabels;
    private double controlSum;
    private long controlLabels;

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

    /** Units of the new version learnt from. */
    public Counts countsOfNew() {
        return new Counts(newSum, newLabels);
    }

    /** Units of the control learnt from. */
    public Counts countsOfControl() {
        return new Counts(controlSum, controlLabels);
    }

    /** The process that has learnt from these units and no others. */
    public static ModelXInferiority restored(Counts ofNew, Counts ofControl) {
        ModelXInferiority process = new ModelXInferiority();
        process.newSum = ofNew.scoreSum();
        process.newLabels = ofNew.labels();
        process.controlSum = ofControl.scoreSum();
        process.controlLabels = ofControl.labels();
        return process;
    }

    private double bet(boolean toNew, double propensityNew, double score) {
        double thetaNew = (newSum + 1) / (newLabels + 2);
        double thetaControl = (controlSum + 1) / (controlLabels + 2);
        if (thetaNew >= thetaControl) {
            return 1;
        }
        double mixed = propensityNew * thetaNew + (1 - propensityNew) * thetaControl;
        double theta = toNew ? thetaNew : thetaControl;
        return score * theta / mixed + (1 - score) * (1 - theta) / (1 - mixed);
    }

    private void learn(boolean toNew, double score) {
        if (toNew) {
            newSum += score;
            newLabels++;
        } else {
            controlSum += score;
            controlLabels++;
        }
    }
}
