package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.EProcess;
import io.abgate.registry.evidence.PairedNonInferiority;
import java.util.ArrayList;
import java.util.List;

/**
 * By how much at most the shadow is worse on the same requests: non-inferiority for margins from the one that is allowed
 * down to none, as {@link MarginProofs} has it for live traffic, with the same argument.
 */
final class PairedProofs {
    private final double[] margins;
    private final PairedNonInferiority[] tests;
    private final EProcess[] proofs;

    /** For {@code count} equal steps from 0 up to {@code largest}; for 0 alone when nothing is allowed. */
    PairedProofs(double largest, int count) {
        this.margins = MarginProofs.steps(largest, count);
        this.tests = new PairedNonInferiority[margins.length];
        this.proofs = new EProcess[margins.length];
        for (int i = 0; i < margins.length; i++) {
            tests[i] = new PairedNonInferiority(margins[i]);
            proofs[i] = new EProcess();
        }
    }

    void pair(double candidateScore, double championScore) {
        for (int i = 0; i < margins.length; i++) {
            proofs[i].multiply(tests[i].factor(candidateScore, championScore));
        }
    }

    /** The highest e-value so far for the largest margin. */
    double proof() {
        return proofs[proofs.length - 1].peak();
    }

    /** The smallest margin that is proven; NaN while not even the largest is. */
    double proven(double alpha) {
        return MarginProofs.proven(margins, proofs, alpha);
    }

    List<RolloutSnapshot.PairedProof> snapshot() {
        List<RolloutSnapshot.PairedProof> copies = new ArrayList<>();
        for (int i = 0; i < margins.length; i++) {
            copies.add(new RolloutSnapshot.PairedProof(tests[i].snapshot(), proofs[i].snapshot()));
        }
        return copies;
    }

    static PairedProofs restored(double largest, int count, List<RolloutSnapshot.PairedProof> snapshot) {
        PairedProofs all = new PairedProofs(largest, count);
        for (int i = 0; i < all.margins.length; i++) {
            all.tests[i] = PairedNonInferiority.restored(
                    all.margins[i], snapshot.get(i).test());
            all.proofs[i] = EProcess.restored(snapshot.get(i).proof());
        }
        return all;
    }
}
