package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.policy.Decisions;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.ShadowTrial;
import io.abgate.registry.policy.TrafficVerdicts;
import io.abgate.registry.policy.Verdict;
import io.abgate.registry.policy.VersionState;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an operator may make a version champion without force: when it is proven, or counted, to be no worse, and nothing
 * that is found stands against any promotion.
 */
final class PromotionCheck {
    private PromotionCheck() {}

    /** The figures of the proof, if there is one; without force refused as CONFLICT when there is none, or a hold. */
    static Map<String, Object> figures(ModelState state, VersionState version, boolean force) {
        if (!force) {
            checkHold(state, version);
        }
        Optional<Verdict> proof = Decisions.proof(state, version.number());
        if (proof.isEmpty() && !isCounted(state, version) && !force) {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + version.number(),
                    "no evidence that it is not worse than the champion" + soFar(state, version),
                    expected(state.settings().rollout())));
        }
        return proof.map(Verdict::figures).orElse(Map.of());
    }

    private static void checkHold(ModelState state, VersionState version) {
        TrafficVerdicts.hold(state).ifPresent(found -> {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + version.number(),
                    "nothing is promoted while this stands: " + found,
                    TrafficVerdicts.brokenSplit(state).isPresent()
                            ? "a sound split: once the cause is found, resume, which looks afresh, as a new canary"
                                    + " does; or force"
                            : "somebody who has looked into it: abort it or roll it back; or force"));
        });
    }

    private static boolean isCounted(ModelState state, VersionState version) {
        return state.trial()
                .filter(trial -> trial.candidate() == version.number())
                .filter(trial -> trial.evidence().isEmpty() && trial.isDecided() && trial.candidateHolds())
                .isPresent();
    }

    private static String soFar(ModelState state, VersionState version) {
        return state.canary()
                .or(() -> state.trial().flatMap(ShadowTrial::evidence))
                .filter(experiment -> experiment.version() == version.number())
                .map(experiment -> ": " + experiment.advice().reason())
                .orElse("");
    }

    private static String expected(ModelSettings.Rollout rollout) {
        return rollout.promotion() == ModelSettings.Promotion.EVIDENCE
                ? "a proof in shadow or canary, or force"
                : rollout.labels() + " labelled shadow copies with not fewer right, a proof in canary, or force";
    }
}
