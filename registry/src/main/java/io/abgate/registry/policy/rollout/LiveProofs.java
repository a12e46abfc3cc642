package io.abgate.registry.policy.rollout;

import org.jspecify.annotations.Nullable;

/**
 * What is proven of the new version on live traffic: by all labels, and beside it by those alone that were asked for by
 * lot. Both are kept from the first unit on, so that the second is there once labels are found to depend on what they say.
 */
final class LiveProofs {
    private final MarginProofs all;
    private final MarginProofs audited;

    /** As {@link MarginProofs}. */
    LiveProofs(double largest, int margins) {
        this(new MarginProofs(largest, margins), new MarginProofs(largest, margins));
    }

    private LiveProofs(MarginProofs all, MarginProofs audited) {
        this.all = all;
        this.audited = audited;
    }

    void unit(boolean toNew, double propensityNew, double score) {
        all.unit(toNew, propensityNew, score);
    }

    void auditedUnit(boolean toNew, double propensityNew, double score) {
        audited.unit(toNew, propensityNew, score);
    }

    /** The one that counts; {@code dependence} says what labels depend on, if on anything. */
    MarginProofs trusted(@Nullable String dependence) {
        return dependence == null ? all : audited;
    }

    RolloutSnapshot.Proofs snapshot() {
        return new RolloutSnapshot.Proofs(all.snapshot(), audited.snapshot());
    }

    static LiveProofs restored(double largest, int margins, RolloutSnapshot.Proofs snapshot) {
        return new LiveProofs(
                MarginProofs.restored(largest, margins, snapshot.all()),
                MarginProofs.restored(largest, margins, snapshot.audited()));
    }
}
