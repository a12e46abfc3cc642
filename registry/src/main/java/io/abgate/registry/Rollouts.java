package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.AutomationSet;
import io.abgate.registry.policy.Experiment;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.RoutingSet;
import io.abgate.registry.policy.StageChanged;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.Verdict;
import io.abgate.registry.policy.VersionState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Moves versions between stages: what an operator asks for if it is safe, and what a verdict says. */
final class Rollouts {
    private static final double DEFAULT_CANARY_SHARE = 0.05;
    static final String BY_HAND = "the operator asked for it";

    private final Books books;
    private final Nodes nodes;

    Rollouts(Books books, Nodes nodes) {
        this.books = books;
        this.nodes = nodes;
    }

    /** Where an operator may send a version. */
    private enum Target {
        SHADOW,
        CANARY,
        CHAMPION
    }

    /** Puts a version in shadow, in canary, or in the champion's place. */
    void promote(Operation operation) {
        Parameters parameters = Parameters.of(operation, "version", "to", "share", "reason", "expectedEpoch", "force");
        ModelState state = books.state(operation.model());
        Parameters.check(parameters.has("version"), "version", "nothing", "the number of a version");
        boolean force = parameters.flag("force", false);
        Target target = parameters.word("to", Target.CHAMPION, Target.class);
        String reason = parameters.text("reason", BY_HAND);
        double share = parameters.number("share", DEFAULT_CANARY_SHARE);
        Parameters.check(
                target == Target.CANARY || !parameters.has("share"), "share", share, "a share only for a canary");
        VersionState version = version(state, parameters.whole("version", 0));
        checkEpoch(state, parameters);
        checkPromotable(version, force);
        switch (target) {
            case SHADOW -> toShadow(operation, state, version, reason);
            case CANARY -> toCanary(operation, state, version, reason, share);
            case CHAMPION -> toChampion(operation, state, version, reason, force);
        }
    }

    private static void checkEpoch(ModelState state, Parameters parameters) {
        long expected = parameters.whole("expectedEpoch", state.stageEpoch());
        if (expected != state.stageEpoch()) {
            throw Failure.CONFLICT.because(
                    Check.message("expectedEpoch", expected, state.stageEpoch() + ", the last change of a stage"));
        }
    }

    /** A version of a model; refused as NOT_FOUND when it has none of this number. */
    static VersionState version(ModelState state, long number) {
        return state.find(Math.toIntExact(Math.max(0, Math.min(number, Integer.MAX_VALUE))))
                .orElseThrow(() -> Failure.NOT_FOUND.because(Check.message(
                        "version", number, "a version of " + state.settings().name())));
    }

    private static void checkPromotable(VersionState version, boolean force) {
        if (version.isDrill()) {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + version.number(), "made worse on purpose, for a drill", "a version that may serve"));
        }
        Stage stage = version.stage();
        if (stage == Stage.REJECTED || stage == Stage.CHAMPION || (stage == Stage.QUARANTINED && !force)) {
            String expected = stage == Stage.QUARANTINED
                    ? "a version that was not taken back, or force"
                    : "a version that is neither rejected nor champion";
            throw Failure.CONFLICT.because(Check.message("version " + version.number(), stage, expected));
        }
    }

    private void toShadow(Operation operation, ModelState state, VersionState version, String reason) {
        refuseOther(state, Stage.SHADOW, version);
        books.commit(operation, served(state, StageChanged.of(Kind.SHADOWED, version.number(), Stage.SHADOW, reason)));
    }

    private void toCanary(Operation operation, ModelState state, VersionState version, String reason, double share) {
        Parameters.check(share > 0 && share < 1, "share", share, "a number between 0 and 1");
        refuseOther(state, Stage.CANARY, version);
        StageChanged canaried = new StageChanged(
                Kind.CANARIED,
                version.number(),
                Map.of(version.number(), Stage.CANARY),
                share,
                reason,
                Map.of("share", share),
                false);
        books.commit(operation, served(state, canaried));
    }

    private static void refuseOther(ModelState state, Stage stage, VersionState version) {
        state.ofStage(stage).ifPresent(other -> {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + version.number(),
                    stage,
                    "no version in that stage, but version " + other.number() + " is; abort it first"));
        });
    }

    private void toChampion(Operation operation, ModelState state, VersionState version, String reason, boolean force) {
        Optional<VersionState> canary = state.ofStage(Stage.CANARY).filter(other -> other != version);
        if (canary.isPresent()) {
            refuseOther(state, Stage.CANARY, version);
        }
        Map<String, Object> figures = PromotionCheck.figures(state, version, force);
        books.commit(operation, served(state, promotion(state, version.number(), reason, figures)));
    }

    /**
     * The change, unless champion and standby would then both be versions that are still being loaded: a promotion soon
     * after another one would take away the version that answers meanwhile.
     */
    private StageChanged served(ModelState state, StageChanged change) {
        boolean before = answers(state, Map.of());
        if (before && !answers(state, change.stages())) {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + change.version(),
                    "would leave neither champion nor standby loaded",
                    "one of them to answer; try again when the champion is loaded"));
        }
        return change;
    }

    private boolean answers(ModelState state, Map<Integer, Stage> moved) {
        return state.versions().stream()
                .filter(version -> {
                    Stage stage = moved.getOrDefault(version.number(), version.stage());
                    return stage == Stage.CHAMPION || stage == Stage.STANDBY;
                })
                .anyMatch(version ->
                        !nodes.hosting(state.settings().name(), version).isEmpty());
    }

    /** What a verdict calls for: by evidence from shadow to the ladder's first step, else the champion's place. */
    static StageChanged promotion(ModelState state, Verdict verdict) {
        int version = verdict.version();
        boolean toLadder = state.settings().rollout().promotion() == ModelSettings.Promotion.EVIDENCE
                && state.version(version).stage() == Stage.SHADOW;
        if (!toLadder) {
            return promotion(state, version, verdict.reason(), verdict.figures());
        }
        double share = state.settings().rollout().proof().ladder().get(0).share();
        Map<Integer, Stage> stages = new TreeMap<>();
        state.ofStage(Stage.CANARY).ifPresent(undecided -> stages.put(undecided.number(), Stage.CANDIDATE));
        stages.put(version, Stage.CANARY);
        return new StageChanged(
                Kind.CANARIED, version, stages, share, verdict.reason(), verdict.figures(), false, true, null);
    }

    /** A version takes the champion's place, the champion stands by, the former standby retires. */
    static StageChanged promotion(ModelState state, int version, String reason, Map<String, Object> figures) {
        Map<Integer, Stage> stages = new TreeMap<>();
        state.ofStage(Stage.STANDBY).ifPresent(standby -> stages.put(standby.number(), Stage.RETIRED));
        state.ofStage(Stage.CHAMPION).ifPresent(champion -> stages.put(champion.number(), Stage.STANDBY));
        stages.put(version, Stage.CHAMPION);
        return new StageChanged(Kind.PROMOTED, version, stages, 0, reason, figures, false);
    }

    /** Puts a warm version in the champion's place and quarantines the champion. */
    void rollback(Operation operation) {
        Parameters parameters = Parameters.of(operation, "to", "reason");
        ModelState state = books.state(operation.model());
        VersionState champion = state.ofStage(Stage.CHAMPION)
                .orElseThrow(() -> Failure.CONFLICT.because("rollback: there is no champion yet"));
        VersionState target = parameters.has("to")
                ? version(state, parameters.whole("to", 0))
                : state.ofStage(Stage.STANDBY)
                        .orElseThrow(() -> Failure.CONFLICT.because(
                                "rollback: no standby (expected: a former champion, or a version named by \"to\")"));
        checkSafe(state, target);
        String reason = parameters.text("reason", BY_HAND);
        books.commit(
                operation,
                new StageChanged(
                        Kind.ROLLED_BACK,
                        champion.number(),
                        replaced(state, champion, target),
                        0,
                        reason,
                        Map.of(),
                        true));
    }

    /** Stages when the champion is taken back for another version. */
    static Map<Integer, Stage> replaced(ModelState state, VersionState champion, VersionState target) {
        Map<Integer, Stage> stages = new TreeMap<>();
        // the comparison that a canary or shadow was in ended with the champion
        state.ofStage(Stage.CANARY).ifPresent(canary -> stages.put(canary.number(), afterwards(canary)));
        state.ofStage(Stage.SHADOW).ifPresent(shadow -> stages.put(shadow.number(), Stage.CANDIDATE));
        stages.put(champion.number(), Stage.QUARANTINED);
        stages.put(target.number(), Stage.CHAMPION);
        return stages;
    }

    /** Where a version goes that leaves the rollout and is not to blame. */
    private static Stage afterwards(VersionState version) {
        return version.isDrill() ? Stage.RETIRED : Stage.CANDIDATE;
    }

    private void checkSafe(ModelState state, VersionState target) {
        boolean safe = target.stage().isServable() && target.stage() != Stage.CHAMPION && target.wasChampion();
        if (!safe) {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + target.number(), target.stage(), "a former champion that is still loaded"));
        }
        if (nodes.hosting(state.settings().name(), target).isEmpty()) {
            throw Failure.CONFLICT.because(
                    Check.message("version " + target.number(), "loaded on no node", "a version that is warm"));
        }
    }

    /** Takes canary and shadow out of the rollout; the champion stays. */
    void abort(Operation operation) {
        Parameters parameters = Parameters.of(operation, "reason");
        ModelState state = books.state(operation.model());
        VersionState version = state.ofStage(Stage.CANARY)
                .or(() -> state.ofStage(Stage.SHADOW))
                .orElseThrow(
                        () -> Failure.CONFLICT.because("abort: neither canary nor shadow (expected: one of them)"));
        Map<Integer, Stage> stages = new TreeMap<>();
        stages.put(version.number(), afterwards(version));
        state.ofStage(Stage.SHADOW).ifPresent(shadow -> stages.put(shadow.number(), Stage.CANDIDATE));
        books.commit(
                operation,
                new StageChanged(
                        Kind.ABORTED,
                        version.number(),
                        stages,
                        0,
                        parameters.text("reason", BY_HAND),
                        Map.of(),
                        false));
    }

    /** Stops or starts automatic decisions. */
    void automation(Operation operation, boolean pause) {
        Parameters parameters = Parameters.of(operation, "all", "reason");
        ModelState state = books.state(operation.model());
        boolean all = parameters.flag("all", false);
        books.commit(
                operation,
                new AutomationSet(pause, pause && (all || state.isFrozen()), parameters.text("reason", BY_HAND)));
    }

    /** Sets mode, floor, and the share of a running canary. */
    void routing(Operation operation) {
        Parameters parameters = Parameters.of(operation, "mode", "floor", "share");
        ModelState state = books.state(operation.model());
        RoutingMode mode = parameters.word("mode", state.mode(), RoutingMode.class);
        double floor = parameters.number("floor", state.floor());
        Parameters.check(floor > 0 && floor <= 0.25, "floor", floor, "a number above 0, at most 0.25");
        double share = parameters.number("share", -1);
        if (parameters.has("share")) {
            Parameters.check(share > 0 && share < 1, "share", share, "a number between 0 and 1");
            if (state.ofStage(Stage.CANARY).isEmpty()) {
                throw Failure.CONFLICT.because("share: there is no canary (expected: one, to give a share to)");
            }
            if (state.canary().filter(Experiment::isOnLadder).isPresent()) {
                throw Failure.CONFLICT.because(
                        "share: the evidence sets the canary's (expected: abort, then promote to canary with a share)");
            }
        }
        books.commit(operation, new RoutingSet(mode, floor, share));
    }
}
