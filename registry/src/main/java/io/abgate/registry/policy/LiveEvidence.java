package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.policy.rollout.Phase;
import io.abgate.registry.policy.traffic.Experiment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What labels say of the versions of one model: credited, compared, watched for drops. */
final class LiveEvidence {
    private final ModelSettings settings;
    private final Map<Long, RouteTable> routes = new HashMap<>();
    private Arms arms;
    private String salt;
    private int champion;
    private @Nullable ShadowTrial trial;
    private @Nullable CanaryGuard guard;
    private @Nullable ChampionGuard championGuard;
    private DropWatch dropWatch;
    private long labels;
    private long labelsSinceTraining;
    private long trainingOrderedSeq;
    private long pinnedLabels;
    private long withdrawnLabels;

    LiveEvidence(ModelSettings settings) {
        this.settings = settings;
        this.arms = new Arms(settings.routing().discount());
        this.dropWatch = new DropWatch(settings.training().drop());
        this.salt = settings.name() + "/0";
    }

    /**
     * Stages changed: comparisons whose sides are no longer what they were end, new ones start.
     *
     * @param change null where only a share changed
     */
    void follow(ModelState state, @Nullable StageChanged change, long seq) {
        CanaryGuard before = guard;
        int championNow = number(state, Stage.CHAMPION);
        if (championNow != champion) {
            champion = championNow;
            newExperiment(seq);
            dropWatch = new DropWatch(settings.training().drop());
        }
        followTrial(state);
        followGuard(state, seq);
        followChampion(state, change, before, seq);
        arms.follow(state);
    }

    private static int number(ModelState state, Stage stage) {
        return state.ofStage(stage).map(VersionState::number).orElse(0);
    }

    private void newExperiment(long seq) {
        salt = settings.name() + "/" + seq;
        routes.clear(); // no unit of an earlier salt can count any more
    }

    private void followTrial(ModelState state) {
        Optional<VersionState> shadow = state.ofStage(Stage.SHADOW).filter(version -> champion > 0);
        if (shadow.isEmpty()) {
            trial = null;
        } else if (trial == null || !trial.compares(shadow.get().number(), champion)) {
            trial = new ShadowTrial(
                    shadow.get().number(),
                    shadow.get().facts().labels(),
                    champion,
                    settings.rollout().labels());
        }
    }

    private void followGuard(ModelState state, long seq) {
        Optional<VersionState> canary = state.ofStage(Stage.CANARY).filter(version -> champion > 0);
        if (canary.isEmpty()) {
            guard = null;
        } else if (guard == null || !guard.compares(canary.get().number(), champion)) {
            newExperiment(seq);
            canary.get().guardedBeside(champion);
            canary.get().stakedLife().enter(Phase.CANARY);
            guard = new CanaryGuard(
                    canary.get().number(), champion, salt, canary.get().life());
        }
    }

    private void followChampion(
            ModelState state, @Nullable StageChanged change, @Nullable CanaryGuard before, long seq) {
        if (championGuard != null && !championGuard.compares(champion, number(state, Stage.STANDBY))) {
            championGuard = null;
        }
        if (change != null && ChampionGuard.startsWith(change, state)) {
            Counts known = before != null && before.canary() == champion ? before.canaryUnits() : Counts.NONE;
            championGuard = ChampionGuard.started(state, salt, known);
        }
        if (championGuard != null && championGuard.suspendedBy(guard)) {
            newExperiment(seq); // the canary's told where keys lie
            championGuard.resumed(salt);
        }
    }

    void route(RouteTable table) {
        if (guard == null && championGuard == null) {
            routes.clear(); // only a guard asks for the shares of an epoch
        }
        routes.put(table.epoch(), table);
    }

    void trainingOrdered(long seq) {
        trainingOrderedSeq = seq;
        labelsSinceTraining = 0;
        dropWatch.trainingOrdered();
        championGuard().ifPresent(ChampionGuard::trainingOrdered);
    }

    void outcomes(ModelState state, List<Outcome> batch) {
        for (Outcome outcome : batch) {
            labels++;
            labelsSinceTraining += outcome.truth() == null ? 0 : 1;
            if (outcome.isEvidence()) {
                // whatever a ledger holds must not stop its registry from starting
                state.find(outcome.id().assigned()).ifPresent(version -> credit(version, outcome));
            } else {
                pinnedLabels++;
            }
        }
        if (guard != null) {
            guard.outcomes(batch, routes::get);
        }
        if (championGuard != null && championGuard.outcomes(batch, routes::get, routes.size())) {
            salt += "'";
            routes.clear();
            championGuard.resumed(salt);
        }
    }

    /** Labels were withdrawn: all that they were evidence for starts again, for which ones were chosen afterwards. */
    void withdraw(ModelState state, LabelsVoided voided, long seq) {
        labels -= voided.labels();
        labelsSinceTraining -= voided.sinceTraining();
        pinnedLabels -= voided.pinned();
        withdrawnLabels += voided.withdrawn();
        Set<Integer> affected = Set.copyOf(voided.versions());
        state.versions().forEach(version -> version.withdraw(affected));
        arms.withdraw(state, affected);
        if (affected.contains(champion)) {
            dropWatch = new DropWatch(settings.training().drop());
            trial().ifPresent(ShadowTrial::restart);
        }
        if (guard != null && guard.concerns(affected)) {
            guard = null;
            followGuard(state, seq);
        }
        if (championGuard != null && championGuard.concerns(affected)) {
            if (guard == null) {
                newExperiment(seq);
            }
            championGuard.withdraw(salt);
        }
    }

    private void credit(VersionState version, Outcome outcome) {
        version.learn(outcome);
        arms.thompson().learn(version.number(), outcome.assignedScore());
        if (version.number() == champion) {
            dropWatch.score(outcome.assignedScore());
        }
        if (trial != null) {
            trial.outcome(outcome);
        }
    }

    void shadowAnswer(long timeMillis, long nonce, int version, int label) {
        if (trial != null) {
            trial.answer(timeMillis, nonce, version, label);
        }
    }

    String salt() {
        return salt;
    }

    /** What is compared now: the canary, else the champion while its guard runs. */
    Optional<Experiment> experiment() {
        return guard().map(canary -> new Experiment(salt, canary.canary(), canary.champion()))
                .or(() -> championGuard()
                        .filter(running -> !running.isSuspended())
                        .map(running -> new Experiment(salt, running.version(), running.control())));
    }

    /** The table of an epoch of the running experiment; null when it is unknown. */
    @Nullable
    RouteTable routeAt(long epoch) {
        return routes.get(epoch);
    }

    DiscountedThompson thompson() {
        return arms.thompson();
    }

    Optional<ShadowTrial> trial() {
        return Optional.ofNullable(trial);
    }

    Optional<CanaryGuard> guard() {
        return Optional.ofNullable(guard);
    }

    Optional<ChampionGuard> championGuard() {
        return Optional.ofNullable(championGuard);
    }

    Optional<String> drop() {
        return Optional.ofNullable(dropWatch.finding());
    }

    ModelSnapshot.Totals totals() {
        return new ModelSnapshot.Totals(labels, labelsSinceTraining, trainingOrderedSeq, pinnedLabels, withdrawnLabels);
    }

    ModelSnapshot.Evidence snapshot() {
        return new ModelSnapshot.Evidence(
                salt,
                champion,
                List.copyOf(new TreeMap<>(routes).values()),
                arms.thompson().snapshot(),
                dropWatch.snapshot(),
                trial == null ? null : trial.snapshot(),
                guard == null ? null : guard.snapshot(),
                championGuard == null ? null : championGuard.snapshot(),
                totals());
    }

    /** Evidence of which a snapshot was taken, about the versions of a state that has them again. */
    static LiveEvidence restored(ModelState state, ModelSnapshot.Evidence snapshot) {
        ModelSettings settings = state.settings();
        LiveEvidence evidence = new LiveEvidence(settings);
        evidence.salt = snapshot.salt();
        evidence.champion = snapshot.champion();
        snapshot.routes().forEach(table -> evidence.routes.put(table.epoch(), table));
        evidence.arms = Arms.restored(settings.routing().discount(), snapshot.thompson());
        evidence.dropWatch = DropWatch.restored(settings.training().drop(), snapshot.drops());
        evidence.comparisons(state, snapshot.trial(), snapshot.guard());
        if (snapshot.championGuard() != null) {
            evidence.championGuard = ChampionGuard.restored(state, snapshot.championGuard());
        }
        evidence.labels = snapshot.totals().labels();
        evidence.labelsSinceTraining = snapshot.totals().labelsSinceTraining();
        evidence.trainingOrderedSeq = snapshot.totals().trainingOrderedSeq();
        evidence.pinnedLabels = snapshot.totals().pinnedLabels();
        evidence.withdrawnLabels = snapshot.totals().withdrawnLabels();
        return evidence;
    }

    private void comparisons(
            ModelState state, ModelSnapshot.@Nullable Trial trialBefore, ModelSnapshot.@Nullable Guard guardBefore) {
        if (trialBefore != null) {
            trial = ShadowTrial.restored(
                    trialBefore,
                    state.version(trialBefore.candidate()).facts().labels(),
                    settings.rollout().labels());
        }
        if (guardBefore != null) {
            guard = CanaryGuard.restored(
                    guardBefore, state.version(guardBefore.canary()).life());
        }
    }
}
