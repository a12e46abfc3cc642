package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.policy.Experiment.Toss;
import io.abgate.registry.policy.traffic.LivePair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is compared on live traffic, one pair at a time: a canary with the champion, or else the champion with the former
 * one, whose guard a canary suspends. Both share one salt, which lasts as long as what is compared.
 */
final class LiveExperiments {
    private final ModelSettings settings;
    private String salt;
    private int champion;
    private @Nullable Experiment canary;
    private @Nullable Experiment guard;

    LiveExperiments(ModelSettings settings) {
        this.settings = settings;
        this.salt = settings.name() + "/0";
    }

    /**
     * Stages changed: an experiment whose sides are no longer what they were ends, a new one starts.
     *
     * @param change null where only a share changed
     * @param maturityMillis that labels of one that starts take to come
     */
    void follow(ModelState state, @Nullable StageChanged change, long seq, Margins margins, long maturityMillis) {
        int former = champion;
        Experiment before = canary;
        champion = number(state, Stage.CHAMPION);
        if (champion != former) {
            redraw(seq);
        }
        followCanary(state, seq, margins, maturityMillis);
        followGuard(state, change, before, seq, maturityMillis);
    }

    private static int number(ModelState state, Stage stage) {
        return state.ofStage(stage).map(VersionState::number).orElse(0);
    }

    private void redraw(long seq) {
        salt = settings.name() + "/" + seq;
    }

    private void followCanary(ModelState state, long seq, Margins margins, long maturityMillis) {
        Optional<VersionState> now = state.ofStage(Stage.CANARY).filter(version -> champion > 0);
        if (now.isEmpty()) {
            canary = null;
        } else if (canary == null || !canary.compares(now.get().number(), champion)) {
            redraw(seq);
            canary = Experiment.ofCanary(
                    state,
                    now.get(),
                    state.version(champion),
                    margins.ofCanary(now.get().number(), champion),
                    new Toss(salt, maturityMillis));
            now.get().follow(canary);
        }
    }

    private void followGuard(
            ModelState state,
            @Nullable StageChanged change,
            @Nullable Experiment before,
            long seq,
            long maturityMillis) {
        if (guard != null && !guard.compares(champion, number(state, Stage.STANDBY))) {
            guard = null;
        }
        if (change != null && startsGuard(change)) {
            Counts known = before != null && before.version() == champion ? before.units() : Counts.NONE;
            VersionState control = state.ofStage(Stage.STANDBY).orElseThrow();
            guard = Experiment.ofChampion(
                    state, state.version(champion), control, known, new Toss(salt, maturityMillis));
        }
        if (guard != null && guard.suspendedWhile(isClimbing())) {
            redraw(seq); // the canary's told where keys lie
        }
    }

    /** Whether a canary may still move on, or is an operator's: what stayed undecided leaves room for the guard. */
    private boolean isClimbing() {
        return canary != null && !canary.makesWay();
    }

    /** Whether this change makes a champion beside which the former one can be a control. */
    private boolean startsGuard(StageChanged change) {
        return change.kind() == StageChanged.Kind.PROMOTED
                && settings.rollout().controlShare() > 0
                && change.stages().containsValue(Stage.CHAMPION)
                && change.stages().containsValue(Stage.STANDBY);
    }

    /** Labels were committed together, at this time of the ledger. */
    void outcomes(List<Outcome> batch, RouteLookup routes, long ledgerMillis, boolean splitIsSound) {
        if (canary != null) {
            canary.outcomes(batch, routes, ledgerMillis, splitIsSound);
        }
        if (guard != null) {
            guard.outcomes(batch, routes, ledgerMillis, splitIsSound);
        }
    }

    /** How often the running guard has begun to seek the cause of a fall; 0 while none runs. */
    int alarms() {
        return guard == null || guard.isSuspended() ? 0 : guard.policy().life().alarms();
    }

    /**
     * Labels counted, so a canary gets the share that the evidence gives it, and the guard of one that stayed undecided is
     * resumed; whether keys were tossed anew. A cause is sought with such: returning ones have counted already, and would
     * tell no more.
     */
    boolean counted(ModelState state, boolean seeksCause) {
        if (canary != null && canary.isOnLadder() && mayMove(state, canary)) {
            state.version(canary.version()).follow(canary);
        }
        boolean resumed = guard != null && guard.suspendedWhile(isClimbing());
        boolean tooMany = tossed().anyMatch(one -> one.collected().keys() >= Experiments.MOST_KEYS);
        boolean anew = resumed || seeksCause || (tooMany && tossed().noneMatch(Experiment::isProving));
        if (anew) {
            salt += "'";
        }
        return anew;
    }

    /** More traffic is a promotion too; less of it, for what stayed undecided, waits for nobody. */
    private static boolean mayMove(ModelState state, Experiment canary) {
        return !RoutePlan.areSharesHeld(state)
                && (canary.makesWay()
                        || (!state.isPaused() && TrafficVerdicts.hold(state).isEmpty()));
    }

    /** Labels of these versions were withdrawn: what they were evidence for starts again. */
    void withdraw(ModelState state, Set<Integer> affected, long seq, Margins margins, long maturityMillis) {
        if (canary != null && canary.concerns(affected)) {
            canary = null;
            followCanary(state, seq, margins, maturityMillis);
        }
        if (guard != null) {
            guard.suspendedWhile(isClimbing());
        }
        if (guard != null && guard.concerns(affected)) {
            if (!guard.isSuspended()) {
                redraw(seq);
            }
            guard.restart(salt);
        }
    }

    /** What keys are tossed for: a canary, and a guard that it does not suspend. */
    Stream<Experiment> tossed() {
        return Stream.concat(canary().stream(), runningGuard().stream());
    }

    private Optional<Experiment> runningGuard() {
        return guard().filter(running -> !running.isSuspended());
    }

    /** The canary, else the champion while its guard runs. */
    Optional<Experiment> running() {
        return canary().or(this::runningGuard);
    }

    /** The two that are compared now. */
    Optional<LivePair> pair() {
        return running().map(running -> new LivePair(salt, running.version(), running.control()));
    }

    /** Number of the champion; 0 while there is none. */
    int champion() {
        return champion;
    }

    String salt() {
        return salt;
    }

    Optional<Experiment> canary() {
        return Optional.ofNullable(canary);
    }

    Optional<Experiment> guard() {
        return Optional.ofNullable(guard);
    }

    static LiveExperiments restored(ModelState state, ModelSnapshot.Experiments snapshot) {
        LiveExperiments live = new LiveExperiments(state.settings());
        live.salt = snapshot.salt();
        live.champion = snapshot.champion();
        live.canary = experiment(state, snapshot.canary());
        live.guard = experiment(state, snapshot.guard());
        return live;
    }

    private static @Nullable Experiment experiment(ModelState state, ModelSnapshot.@Nullable Experiment before) {
        return before == null ? null : Experiment.restored(state, before);
    }
}
