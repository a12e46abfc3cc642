package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.labels.LabelTimes;
import io.abgate.registry.policy.rollout.RolloutSettings;
import io.abgate.registry.policy.traffic.LivePair;
import io.abgate.registry.policy.traffic.TrafficEvidence;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fold of one model's changes, labels and shadow answers in ledger order: nothing else changes what is known of it.
 * The same ledger always gives the same state. Not safe for use by several threads.
 */
public final class ModelFold {
    private static final long NO_MATURITY = 0;

    // read by the state, which is this fold as others see it
    final ModelSettings settings;
    final RolloutSettings rollout;
    final Versions versions = new Versions();
    final Set<Long> openJobs = new HashSet<>();
    LiveEvidence evidence;
    Supervision supervision;
    Monitoring monitoring = new Monitoring();
    Retrainings retrainings;
    TrafficEvidence traffic;
    LabelRecord labels;
    int modelId;
    Controls controls;
    long stageEpoch;

    @Nullable
    RouteTable route;

    RunningDrill drill = new RunningDrill(null);

    private final ModelState state = new ModelState(this);

    /** Of a model of which nothing has happened yet. */
    public ModelFold(ModelSettings settings) {
        this.settings = settings;
        this.rollout = RolloutSettings.of(settings.rollout());
        this.controls = Controls.of(settings.routing());
        this.evidence = new LiveEvidence(settings);
        this.supervision = new Supervision(settings.rollout().oversight());
        this.retrainings = new Retrainings(settings.training().restraint());
        this.traffic =
                new TrafficEvidence(settings.rollout().traffic().guardrails(), rollout.alpha(), rollout.alphaSplit());
        this.labels = new LabelRecord(labelTimes(settings));
    }

    private static LabelTimes labelTimes(ModelSettings settings) {
        return new LabelTimes(
                settings.labelling().maturityMillis().orElse(NO_MATURITY),
                TimeUnit.SECONDS.toMillis(settings.rollout().traffic().reachSeconds()));
    }

    /** What is known of the model by now. */
    public ModelState state() {
        return state;
    }

    /** Everything that later entries of the ledger, or whoever reads it, can depend on. */
    public ModelSnapshot snapshot() {
        return new ModelSnapshot(
                modelId,
                controls,
                stageEpoch,
                route,
                openJobs.stream().sorted().toList(),
                versions.all().stream().map(VersionState::snapshot).toList(),
                evidence.snapshot(),
                monitoring.snapshot(),
                retrainings.snapshot(),
                drill.begun(),
                supervision.snapshot(),
                traffic.snapshot(),
                labels.snapshot());
    }

    /** The fold of which a snapshot was taken; under other settings than these it means nothing. */
    public static ModelFold restore(ModelSettings settings, ModelSnapshot snapshot) {
        ModelFold fold = new ModelFold(settings);
        fold.modelId = snapshot.modelId();
        fold.controls = snapshot.controls();
        fold.stageEpoch = snapshot.stageEpoch();
        fold.route = snapshot.route();
        fold.openJobs.addAll(snapshot.openJobs());
        snapshot.versions().forEach(one -> fold.versions.add(VersionState.restored(one, fold.rollout)));
        fold.evidence = LiveEvidence.restored(fold.state, snapshot.evidence());
        fold.monitoring = Monitoring.restored(snapshot.checks());
        fold.retrainings = Retrainings.restored(settings.training().restraint(), snapshot.retrainings());
        fold.drill = new RunningDrill(snapshot.drill());
        fold.supervision = Supervision.restored(settings.rollout().oversight(), snapshot.supervision());
        fold.traffic = TrafficEvidence.restored(
                settings.rollout().traffic().guardrails(),
                fold.rollout.alpha(),
                fold.rollout.alphaSplit(),
                snapshot.traffic());
        fold.labels = LabelRecord.restored(labelTimes(settings), snapshot.labels());
        fold.evidence.experiments().trust(fold.labels);
        return fold;
    }

    void identify(int id) {
        modelId = id;
    }

    void register(VersionRegistered facts, long seq) {
        versions.add(new VersionState(facts, seq, rollout));
    }

    void move(StageChanged change, long seq) {
        change.stages().forEach((number, stage) -> {
            switch (state.version(number).move(stage)) {
                case NEW -> traffic.newLife(number);
                case FORGIVEN -> traffic.forgetGains(number);
                case GOES_ON -> {}
            }
        });
        state.version(change.version()).canaryShare(change.share());
        state.version(change.version()).onLadder(change.byEvidence());
        controls = change.pauses() ? controls.automation(true, controls.frozen()) : controls;
        stageEpoch = seq;
        Optional<Experiment> before = state.running();
        evidence.follow(state, change, seq);
        if (!state.running().equals(before)) {
            traffic.newExperiment();
        }
        evidence.experiments().trust(labels);
        int champion = state.ofStage(Stage.CHAMPION).map(VersionState::number).orElse(0);
        monitoring.follow(champion);
        supervision.follow(
                change.stages().keySet(),
                champion,
                state.ofStage(Stage.CANARY).map(VersionState::number).orElse(0));
        retrainings.follow(change);
        drill = drill.follow(state);
    }

    void drill(DrillBegan begun) {
        drill = drill.next(state, begun);
    }

    void automation(boolean pause, boolean freeze) {
        controls = controls.automation(pause, freeze);
        if (!pause) { // whoever resumes has looked at what was found
            traffic.lookAfresh();
            TrafficVerdicts.forgetHolds(state);
            Stream.of(state.canary(), state.championGuard())
                    .flatMap(Optional::stream)
                    .forEach(one -> one.policy().splitAfresh());
        }
    }

    void routing(RoutingMode newMode, double newFloor, double canaryShare, long seq) {
        controls = controls.routing(newMode, newFloor);
        if (canaryShare >= 0) {
            state.ofStage(Stage.CANARY).ifPresent(canary -> canary.canaryShare(canaryShare));
            evidence.follow(state, null, seq);
        }
    }

    void jobQueued(JobQueued queued, long seq) {
        openJobs.add(queued.job());
        retrainings.queued(queued, state.ofStage(Stage.CHAMPION).isEmpty());
        if (queued.automatic()) { // an operator's experiment does not put off what the triggers ask for
            triggersServed(seq);
        }
    }

    /** What the triggers asked for is ordered, or waits: they begin anew. */
    void triggersServed(long seq) {
        evidence.trainingOrdered(seq);
        monitoring.trainingOrdered();
    }

    void withdraw(LabelsVoided voided, long seq) {
        evidence.withdraw(state, voided, seq);
        supervision.withdraw(Set.copyOf(voided.versions()));
        labels.withdraw(Set.copyOf(voided.versions()));
        evidence.experiments().trust(labels);
    }

    void jobEnded(JobEnded ended) {
        openJobs.remove(ended.job());
        if (retrainings.ended(ended)) {
            monitoring.trainingOrdered(); // an operator wants none of it
        }
    }

    void route(RouteTable table) {
        route = table;
        evidence.route(table);
    }

    /** Labels that count were committed together, at this time. */
    public void outcomes(List<Outcome> batch, long atMillis) {
        evidence.outcomes(state, batch, atMillis);
        supervision.outcomes(batch);
        evidence.experiments().trust(labels);
    }

    /** Time went on. */
    void advance(long atMillis) {
        evidence.advance(state, atMillis);
    }

    /** Gateways told what requests there were. */
    void traffic(List<TrafficBatch> batches, long atMillis) {
        LivePair running = state.livePair().orElse(null);
        for (TrafficBatch batch : batches) {
            boolean isNew = traffic.add(batch, running, evidence.experiments()::routeAt);
            if (isNew && batch.ids() != null) {
                labels.predicted(batch.ids(), atMillis);
            }
        }
        evidence.experiments().trust(labels);
    }

    /** A version answered a copy of a request. */
    public void shadowAnswer(long timeMillis, long nonce, int version, int label) {
        evidence.shadowAnswer(timeMillis, nonce, version, label, state.mode() == RoutingMode.ENSEMBLE);
    }
}
