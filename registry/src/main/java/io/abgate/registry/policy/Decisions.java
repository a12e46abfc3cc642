package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TriggerActions.Action;
import io.abgate.registry.policy.Verdict.Kind;
import io.abgate.registry.policy.rollout.Advice;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what is to be done next about a model. A rollback comes before everything, a retraining last. */
public final class Decisions {
    private Decisions() {}

    /**
     * The next automatic verdict, if one is due; HOLD says that retraining is to be left to a person from now on.
     *
     * @param standbyAnswers whether the former champion is loaded on some node: else no champion is taken back, as a bad
     *     answer is better than none; the verdict stands, and nothing is promoted until it can be carried out
     */
    public static Optional<Verdict> next(ModelState state, Instant now, boolean standbyAnswers) {
        return due(state, standbyAnswers).stream()
                .filter(state.supervision()::permits)
                .findFirst()
                .or(() -> Retraining.next(state, now).flatMap(verdict -> TrafficVerdicts.unlessHeld(state, verdict)));
    }

    /** What is to be written down of verdicts that nobody is to carry out now: a dry run's, or one that waits. */
    public static List<Change> notes(ModelState state) {
        return state.supervision().notes(due(state, true), state.isPaused());
    }

    /** What is to be done about versions, whether or not it may be done by itself; rollbacks first. */
    static List<Verdict> due(ModelState state, boolean standbyAnswers) {
        return Stream.of(
                        rollback(state, standbyAnswers),
                        state.isFrozen() ? Optional.<Verdict>empty() : ThresholdRule.rollback(state, standbyAnswers),
                        TrafficVerdicts.rollback(state, standbyAnswers),
                        canary(state).filter(verdict -> verdict.kind() != Kind.HOLD),
                        trial(state).filter(verdict -> verdict.kind() != Kind.HOLD))
                .flatMap(Optional::stream)
                .filter(verdict -> ThresholdRule.lets(state, verdict))
                .flatMap(verdict -> TrafficVerdicts.unlessHeld(state, verdict).stream())
                .toList();
    }

    private static Optional<Verdict> rollback(ModelState state, boolean standbyAnswers) {
        if (state.isFrozen() || !state.supervision().oversight().decisions().bySequentialEvidence()) {
            return Optional.empty();
        }
        boolean acts = state.settings().rollout().traffic().actions().accuracy() == Action.ROLLBACK;
        return worse(state)
                .filter(verdict -> acts && (standbyAnswers || isCanary(state, verdict.version())))
                .map(verdict -> TrafficVerdicts.marked(state, verdict))
                .or(() -> state.trial()
                        .flatMap(ShadowTrial::evidence)
                        .filter(Experiment::isSpent)
                        .map(Decisions::rollback));
    }

    private static boolean isCanary(ModelState state, int version) {
        return state.canary().filter(canary -> canary.version() == version).isPresent();
    }

    /**
     * What labels say against the canary, else against the champion, whatever is to follow from it: a canary that runs
     * meanwhile clears no champion.
     */
    static Optional<Verdict> worse(ModelState state) {
        return Stream.of(state.canary(), state.championGuard())
                .flatMap(Optional::stream)
                .filter(Experiment::isSpent)
                .findFirst()
                .map(Decisions::rollback);
    }

    private static Verdict rollback(Experiment experiment) {
        return verdict(experiment, Kind.ROLL_BACK, RollbackReason.of(experiment));
    }

    private static Verdict verdict(Experiment experiment, Kind kind, String reason) {
        Map<String, Object> figures = new HashMap<>(experiment.advice().figures());
        figures.put("control", experiment.control());
        return new Verdict(kind, experiment.version(), reason, figures);
    }

    /** What is proven of a version, whoever promotes it: the verdict if the evidence speaks for it, else empty. */
    public static Optional<Verdict> proof(ModelState state, int version) {
        return state.canary()
                .or(() -> state.trial().flatMap(ShadowTrial::evidence))
                .filter(experiment -> experiment.version() == version)
                .filter(experiment -> experiment.policy().progress().isProven() && !experiment.isSpent())
                .map(experiment ->
                        verdict(experiment, Kind.PROMOTE, experiment.advice().reason()));
    }

    /** What the canary's evidence says, if it is that which moves it on. */
    static Optional<Verdict> canary(ModelState state) {
        return state.canary()
                .filter(canary -> canary.isOnLadder() && isByEvidence(state))
                .map(canary -> judged(canary, !state.isPaused()));
    }

    private static boolean isByEvidence(ModelState state) {
        return state.settings().rollout().promotion() == Promotion.EVIDENCE;
    }

    private static Verdict judged(Experiment experiment, boolean mayPromote) {
        Advice advice = experiment.advice();
        boolean promotes = advice.kind() == Advice.Kind.PROMOTE && mayPromote;
        return verdict(experiment, promotes ? Kind.PROMOTE : Kind.HOLD, advice.reason());
    }

    /** What the running shadow trial says: HOLD while it is undecided, paused, or a canary is running. */
    static Optional<Verdict> trial(ModelState state) {
        if (state.settings().rollout().promotion() == Promotion.MANUAL) {
            return Optional.empty();
        }
        return state.trial().map(trial -> trial(state, trial));
    }

    private static Verdict trial(ModelState state, ShadowTrial trial) {
        boolean mayPromote = !state.isPaused() && isCanaryFree(state);
        return trial.isSilent() || !isByEvidence(state)
                ? counted(state, trial, mayPromote)
                : trial.evidence().map(evidence -> judged(evidence, mayPromote)).orElseThrow();
    }

    /** One at a time; but what stayed undecided makes way for a version that has proven what it must in shadow. */
    private static boolean isCanaryFree(ModelState state) {
        return state.ofStage(Stage.CANARY).isEmpty()
                || state.canary().filter(Experiment::makesWay).isPresent();
    }

    private static Verdict counted(ModelState state, ShadowTrial trial, boolean mayPromote) {
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
        return new Verdict(kind(state, trial, mayPromote), trial.candidate(), counts, figures);
    }

    private static Kind kind(ModelState state, ShadowTrial trial, boolean mayPromote) {
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
        return mayPromote ? Kind.PROMOTE : Kind.HOLD;
    }
}
