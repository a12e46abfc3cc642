package io.abgate.registry.policy.rollout;

import org.jspecify.annotations.Nullable;

/**
 * Whether units of live traffic come as the split meant them to: all that are labelled, and beside them those alone whose
 * labels were asked for by lot. Both are watched from the first unit on, as is done with what is proven.
 */
final class Splits {
    private final SplitWatch all;
    private final SplitWatch audited;

    Splits() {
        this(new SplitWatch(), new SplitWatch());
    }

    private Splits(SplitWatch all, SplitWatch audited) {
        this.all = all;
        this.audited = audited;
    }

    void unit(boolean toNew, double propensityNew) {
        all.unit(toNew, propensityNew);
    }

    void auditedUnit(boolean toNew, double propensityNew) {
        audited.unit(toNew, propensityNew);
    }

    /** Of the units that count: where labels come to unequal parts, all of them tell nothing of the split. */
    SplitWatch trusted(@Nullable String dependence) {
        return dependence == null ? all : audited;
    }

    RolloutSnapshot.Split snapshot() {
        return all.snapshot();
    }

    RolloutSnapshot.Split auditedSnapshot() {
        return audited.snapshot();
    }

    static Splits restored(RolloutSnapshot.Split all, RolloutSnapshot.Split audited) {
        return new Splits(SplitWatch.restored(all), SplitWatch.restored(audited));
    }
}
