package io.abgate.registry.policy.rollout;

import org.jspecify.annotations.Nullable;

/**
 * What is proven of a version by pairs: by all labels, and beside it by those alone that were asked for by lot. Both are
 * kept from the first pair on, so that the second is there once labels are found to depend on what they say.
 */
public final class TrustedPairs {
    private final PairedProofs all;
    private final PairedProofs audited;
    private @Nullable String dependence;

    /** For {@code count} equal steps of margins from 0 up to {@code largest}. */
    public TrustedPairs(double largest, int count) {
        this(new PairedProofs(largest, count), new PairedProofs(largest, count));
    }

    private TrustedPairs(PairedProofs all, PairedProofs audited) {
        this.all = all;
        this.audited = audited;
    }

    /** A pair of scores, each in [0, 1]. */
    public void pair(double versionScore, double controlScore) {
        all.pair(versionScore, controlScore);
    }

    /** The same again of one whose label was asked for by lot. */
    public void auditedPair(double versionScore, double controlScore) {
        audited.pair(versionScore, controlScore);
    }

    /** What labels were found to depend on, null for nothing: then only those that were asked for count. */
    public void trust(@Nullable String foundDependence) {
        dependence = foundDependence;
    }

    private PairedProofs trusted() {
        return dependence == null ? all : audited;
    }

    /** The highest e-value so far for the largest margin. */
    double proof() {
        return trusted().proof();
    }

    /** By how much at most the version is worse, with probability of an error at most {@code alpha}; NaN if not proven. */
    public double proven(double alpha) {
        return trusted().proven(alpha);
    }

    /** All that changes in it but for what is trusted, which is told anew. */
    public RolloutSnapshot.PairedProofs snapshot() {
        return new RolloutSnapshot.PairedProofs(all.snapshot(), audited.snapshot());
    }

    /** The proofs of which a snapshot was taken. */
    public static TrustedPairs restored(double largest, int count, RolloutSnapshot.PairedProofs snapshot) {
        return new TrustedPairs(
                PairedProofs.restored(largest, count, snapshot.all()),
                PairedProofs.restored(largest, count, snapshot.audited()));
    }
}
