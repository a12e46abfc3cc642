package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.rollout.MarginUse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is paired with whom on live traffic, where evidence promotes: the canary with the champion, and the champion with
 * the former one whose place it took. A canary that is promoted goes on with its pairs.
 */
final class PairedComparisons {
    private @Nullable PairedComparison ofCanary;
    private @Nullable PairedComparison ofChampion;

    /**
     * Stages changed.
     *
     * @param champion 0 for none
     * @param promoted whether the champion has just taken the place of the standby
     */
    void follow(ModelState state, int champion, boolean promoted, Experiment.Toss toss) {
        if (state.settings().rollout().promotion() != Promotion.EVIDENCE) {
            return;
        }
        PairedComparison before = ofCanary;
        int standby = number(state, Stage.STANDBY);
        if (ofChampion == null || !ofChampion.compares(champion, standby)) {
            end(state);
            ofChampion = promoted ? pairs(state, champion, standby, before, toss) : null;
        }
        ofCanary = pairs(state, number(state, Stage.CANARY), champion, before, toss);
    }

    /** One of the two is gone: what is proven stays with the version. */
    private void end(ModelState state) {
        if (ofChampion != null) {
            VersionState version = state.version(ofChampion.version());
            version.marginUse(marginUse(state, version));
        }
    }

    private static int number(ModelState state, Stage stage) {
        return state.ofStage(stage).map(VersionState::number).orElse(0);
    }

    private static @Nullable PairedComparison pairs(
            ModelState state, int version, int control, @Nullable PairedComparison before, Experiment.Toss toss) {
        if (before != null && before.compares(version, control)) {
            return before;
        }
        return version == 0 || control == 0
                ? null
                : PairedComparison.of(state, state.version(version), state.version(control), toss);
    }

    /**
     * What promotions up to the champion's have used up of the margin, with what is proven by now of it on the same requests
     * as the former one. It is asked for anew each time, since labels may be withdrawn, or found to depend on what they say.
     */
    MarginUse marginUse(ModelState state, VersionState champion) {
        return Optional.ofNullable(ofChampion)
                .filter(pairs -> pairs.version() == champion.number())
                .map(pairs ->
                        champion.marginUse().proven(pairs.proven(state.rollout().alphaPromotion())))
                .orElse(champion.marginUse());
    }

    void outcomes(List<Outcome> batch, RouteLookup routes, long atMillis) {
        all().forEach(pairs -> pairs.outcomes(batch, routes, atMillis));
    }

    void answer(long timeMillis, long nonce, int by, int label, long atMillis) {
        all().forEach(pairs -> pairs.answer(timeMillis, nonce, by, label, atMillis));
    }

    void advance(long atMillis) {
        all().forEach(pairs -> pairs.advance(atMillis));
    }

    void followSalt(String salt) {
        all().forEach(pairs -> pairs.follow(salt));
    }

    void bound(int mostKeys) {
        all().forEach(pairs -> pairs.bound(mostKeys));
    }

    void trust(LabelRecord labels) {
        all().forEach(pairs -> pairs.trust(labels));
    }

    /** Labels of these versions were withdrawn. */
    void withdraw(Set<Integer> affected, String salt) {
        all().filter(pairs -> pairs.concerns(affected)).forEach(pairs -> pairs.restart(salt));
    }

    /** Labels that came, and what became of them. */
    Stream<Tosses> collected() {
        return all().map(PairedComparison::collected);
    }

    private Stream<PairedComparison> all() {
        return Stream.of(Optional.ofNullable(ofCanary), Optional.ofNullable(ofChampion))
                .flatMap(Optional::stream);
    }

    /** The pairs of a version and what it is compared with, if there are any. */
    Optional<PairedComparison> of(int version) {
        return all().filter(pairs -> pairs.version() == version).findFirst();
    }

    List<ModelSnapshot.PairedComparison> snapshot() {
        return all().map(PairedComparison::snapshot).toList();
    }

    static PairedComparisons restored(ModelState state, int champion, List<ModelSnapshot.PairedComparison> snapshot) {
        PairedComparisons restored = new PairedComparisons();
        for (ModelSnapshot.PairedComparison one : snapshot) {
            PairedComparison pairs = PairedComparison.restored(state, one);
            if (one.version() == champion) {
                restored.ofChampion = pairs;
            } else {
                restored.ofCanary = pairs;
            }
        }
        return restored;
    }
}
