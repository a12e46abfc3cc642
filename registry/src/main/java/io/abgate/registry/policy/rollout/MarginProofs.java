package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.EProcess;
import io.abgate.registry.evidence.ModelXNonInferiority;
import java.util.ArrayList;
import java.util.List;

/**
 * By how much at most the new version is worse on live traffic: non-inferiority for a few margins at once, from the
 * largest that is allowed down to none, which is superiority.
 *
 * <p>A version worse by δ makes exactly the nulls of margins up to δ true. A margin counts as proven only when all
 * larger ones are, so a false one needs that of the largest true null to be rejected: probability at most α for all
 * together.
 */
final class MarginProofs {
    private final double[] margins;
    private final ModelXNonInferiority[] tests;
    private final EProcess[] proofs;

    /** For {@code count} equal steps from 0 up to {@code largest}; for 0 alone when that is all that is left. */
    MarginProofs(double largest, int count) {
        margins = steps(largest, count);
        tests = new ModelXNonInferiority[margins.length];
        proofs = new EProcess[margins.length];
        for (int i = 0; i < margins.length; i++) {
            tests[i] = new ModelXNonInferiority(margins[i]);
            proofs[i] = new EProcess();
        }
    }

    static double[] steps(double largest, int count) {
        double[] margins = new double[largest > 0 ? count + 1 : 1];
        for (int i = 0; i < margins.length; i++) {
            margins[i] = largest * i / Math.max(margins.length - 1, 1);
        }
        return margins;
    }

    void unit(boolean toNew, double propensityNew, double score) {
        for (int i = 0; i < margins.length; i++) {
            proofs[i].multiply(tests[i].factor(toNew, propensityNew, score));
        }
    }

    /** The highest e-value so far for the largest margin. */
    double proof() {
        return proofs[proofs.length - 1].peak();
    }

    /** The largest margin. */
    double largest() {
        return margins[margins.length - 1];
    }

    /** The smallest margin that is proven; NaN while not even the largest is. */
    double proven(double alpha) {
        return proven(margins, proofs, alpha);
    }

    static double proven(double[] margins, EProcess[] proofs, double alpha) {
        double proven = Double.NaN;
        for (int i = margins.length - 1; i >= 0 && proofs[i].rejects(alpha); i--) {
            proven = margins[i];
        }
        return proven;
    }

    List<RolloutSnapshot.Proof> snapshot() {
        List<RolloutSnapshot.Proof> copies = new ArrayList<>();
        for (int i = 0; i < margins.length; i++) {
            copies.add(new RolloutSnapshot.Proof(tests[i].snapshot(), proofs[i].snapshot()));
        }
        return copies;
    }

    static MarginProofs restored(double largest, int count, List<RolloutSnapshot.Proof> snapshot) {
        MarginProofs all = new MarginProofs(largest, count);
        for (int i = 0; i < all.margins.length; i++) {
            RolloutSnapshot.Proof copy = snapshot.get(i);
            all.tests[i] = ModelXNonInferiority.restored(all.margins[i], copy.test());
            all.proofs[i] = EProcess.restored(copy.proof());
        }
        return all;
    }
}
