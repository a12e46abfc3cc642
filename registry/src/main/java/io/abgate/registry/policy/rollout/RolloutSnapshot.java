package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.AipwDifference;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.EProcess;
import io.abgate.registry.evidence.ModelXInferiority;
import io.abgate.registry.evidence.ModelXNonInferiority;
import io.abgate.registry.evidence.PairedInferiority;
import io.abgate.registry.evidence.PairedNonInferiority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that changes in a {@link RolloutPolicy} but for the staked life, which is the version's; two are the same when their
 * snapshots are equal.
 *
 * @param margin that there was when the phase began
 * @param dependence what labels were found to depend on; null for nothing
 * @param fall no evidence while there is no baseline
 */
public record RolloutSnapshot(
        Phase phase,
        Rung rung,
        Margin margin,
        Paired paired,
        Live live,
        Proofs proofs,
        Split split,
        Split auditedSplit,
        Fall fall,
        Sought sought,
        @Nullable String dependence) {
    /** Where on the ladder it is, and for how many units. */
    public record Rung(int step, long units) {}

    /** Evidence of the shadow phase. */
    public record Paired(
            PairedInferiority.Snapshot inferiority,
            PairedProofs proofs,
            long pairs,
            double candidateSum,
            double championSum) {}

    /** Evidence of pairs, of margins from the smallest: by all labels, and by those that were asked for. */
    public record PairedProofs(List<PairedProof> all, List<PairedProof> audited) {}

    /** Evidence of pairs that a version is not worse by one margin. */
    public record PairedProof(PairedNonInferiority.Snapshot test, EProcess.Snapshot proof) {}

    /** Evidence against the version on live traffic. */
    public record Live(
            double discount,
            ModelXInferiority.Snapshot inferiority,
            Counts ofNew,
            Counts ofControl,
            AipwDifference.Snapshot difference) {}

    /** Evidence for it on live traffic, of margins from the smallest: by all labels, and by those that were asked for. */
    public record Proofs(List<Proof> all, List<Proof> audited) {}

    /** Evidence that it is not worse by one margin. */
    public record Proof(ModelXNonInferiority.Snapshot test, EProcess.Snapshot proof) {}

    /** Evidence against the split; first the control, then the new version. */
    public record Split(List<Double> units, List<Double> expected, EProcess.Snapshot evidence) {}

    /** The search for the cause of a fall. */
    public record Sought(Counts ofNew, long ofControl, long found) {}

    /** Evidence of a fall. */
    public record Fall(
            Counts baseline,
            Counts block,
            List<Double> evidence,
            double windowSum,
            int windowLabels,
            boolean emergency) {}
}
