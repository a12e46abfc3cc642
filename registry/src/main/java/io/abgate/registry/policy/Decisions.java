package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TriggerActions.Action;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.Verdict.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says what is to be done next about a model. A rollback comes before everything, a retraining last. */
public final class Decisions {
    private Decisions() {}

    /**
     * The next automatic verdict, if one is due; HOLD says that retraining is to be left to a person from now on.
     *
     * @param standbyAnswers whether the former champion is loaded on some node: else no champion is taken back, as a bad
     *     answer is better than none, and what else is due comes in its turn
     */
    public static Optional<Verdict> next(ModelState state, Instant now, boolean standbyAnswers) {
        return rollback(state, standbyAnswers)
                .or(() -> TrafficVerdicts.rollback(state, standbyAnswers))
                .or(() -> trial(state)
                        .filter(verdict -> verdict.kind() != Kind.HOLD)
                        .flatMap(verdict -> TrafficVerdicts.unlessHeld(state, verdict)))
                .or(() -> Retraining.next(state, now).flatMap(verdict -> TrafficVerdicts.unlessHeld(state, verdict)));
    }

    private static Optional<Verdict> rollback(ModelState state, boolean standbyAnswers) {
        boolean acts = state.settings().rollout().traffic().actions().accuracy() == Action.ROLLBACK;
        if (state.isFrozen() || !acts) {
            return Optional.empty();
        }
        return worse(state)
                .filter(verdict -> standbyAnswers || isCanary(state, verdict.version()))
                .map(verdict -> TrafficVerdicts.marked(state, verdict));
    }

    private static boolean isCanary(ModelState state, int version) {
        return state.guard().filter(guard -> guard.canary() == version).isPresent();
    }

    /** What labels say against the canary, else against the champion, whatever is to follow from it. */
    static Optional<Verdict> worse(ModelState state) {
        return state.guard()
                .filter(guard -> state.version(guard.canary()).life().isSpent())
                .map(guard -> rollback(guard, state.version(guard.canary()).life()))
                .or(() -> state.championGuard().filter(ChampionGuard::isSpent).map(ChampionGuard::rollback));
    }

    private static Verdict rollback(CanaryGuard guard, LifeLedger life) {
        Counts canary = guard.canaryUnits();
        Counts champion = guard.championUnits();
        String reason = String.format(
                Locale.ROOT,
                "less accurate than champion %d beside it after %d labels (%.0f of %d right against %.0f of %d);"
                        + " the e-value reached %.1f, the threshold is %.0f",
                guard.champion(),
                canary.labels() + champion.labels(),
                canary.scoreSum(),
                canary.labels(),
                champion.scoreSum(),
                champion.labels(),
                life.g(),
                life.threshold());
        return new Verdict(
                Kind.ROLL_BACK,
                guard.canary(),
                reason,
                Map.of(
                        "labels", canary.labels() + champion.labels(),
                        "canaryRight", canary.scoreSum(),
                        "canaryLabels", canary.labels(),
                        "championRight", champion.scoreSum(),
                        "championLabels", champion.labels(),
                        "eValue", life.g(),
                        "threshold", life.threshold()));
    }

    /** What the running shadow trial says: HOLD while it is undecided, paused, or a canary is running. */
    static Optional<Verdict> trial(ModelState state) {
        if (state.settings().rollout().promotion() != Promotion.COUNT) {
            return Optional.empty();
        }
        return state.trial().map(trial -> trial(state, trial));
    }

    private static Verdict trial(ModelState state, ShadowTrial trial) {
        String counts = trial.isSilent()
                ? "it answered no copy of " + trial.unanswered() + " labelled requests"
                : String.format(
                        Locale.ROOT,
                        "%d of %d labelled copies right against %.0f of the champion's",
                        trial.candidateRight(),
                        trial.pairs(),
                        trial.championRight());
        Map<String, Object> figures = Map.of(
                "labels", trial.pairs(),
                "candidateRight", trial.candidateRight(),
                "championRight", trial.championRight());
        return new Verdict(kind(state, trial), trial.candidate(), counts, figures);
    }

    private static Kind kind(ModelState state, ShadowTrial trial) {
        if (state.isPaused()) {
            return Kind.HOLD;
        }
        if (trial.isSilent()) {
            return Kind.ROLL_BACK;
        }
        if (!trial.isDecided()) {
            return Kind.HOLD;
        }
        if (!trial.candidateHolds()) {
            return Kind.ROLL_BACK;
        }
        return state.ofStage(Stage.CANARY).isPresent() ? Kind.HOLD : Kind.PROMOTE;
    }
}
