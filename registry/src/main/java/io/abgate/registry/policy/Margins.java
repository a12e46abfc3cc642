package io.abgate.registry.policy;

import io.abgate.registry.policy.rollout.Margin;
import io.abgate.registry.policy.rollout.MarginUse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the margin goes on from version to version: what promotions have used up of it is no longer there for the next.
 *
 * @param paired tells what is proven by now of the champion's promotion
 * @param trial of the version in shadow; null where there is none
 */
record Margins(
        ModelState state,
        PairedComparisons paired,
        @Nullable ShadowTrial trial) {
    /** Of a canary that begins, with what its trial beside the same champion has just proven. */
    Margin ofCanary(int version, int champion) {
        return Margin.after(state.rollout().canary().margin(), used(champion))
                .provenAsShadow(provenInShadow(version, champion));
    }

    private double provenInShadow(int version, int champion) {
        return Optional.ofNullable(trial)
                .filter(before -> before.compares(version, champion))
                .flatMap(ShadowTrial::evidence)
                .map(evidence -> evidence.policy().progress().provenInShadow())
                .orElse(Double.NaN);
    }

    /** Used up by promotions up to a version's; 0 when there is no such version. */
    double used(int version) {
        return state.find(version)
                .map(one -> paired.marginUse(state, one).total())
                .orElse(0.0);
    }

    /**
     * What is proven of a new champion, or without proof what the former one had used up, binds its successors.
     *
     * @param canary that ran when it was promoted
     */
    void inherit(int champion, int former, Optional<Experiment> canary) {
        double owed = used(former);
        MarginUse use = canary.or(() -> Optional.ofNullable(trial).flatMap(ShadowTrial::evidence))
                .filter(experiment -> experiment.compares(champion, former))
                .map(experiment ->
                        experiment.policy().progress().marginUsedIfPromoted().owing(owed))
                .orElse(MarginUse.unproven(owed));
        state.find(champion).ifPresent(version -> version.marginUse(use));
    }
}
