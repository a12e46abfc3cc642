package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.labels.LabelTimes;
import io.abgate.registry.policy.rollout.RolloutSettings;
import io.abgate.registry.policy.traffic.LivePair;
import io.abgate.registry.policy.traffic.TrafficEvidence;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model: the fold of its changes, labels and shadow answers in ledger order. The same ledger
 * always gives the same state. Not safe for use by several threads.
 */
public final class ModelState {
    private static final long NO_MATURITY = 0;

    private final ModelSettings settings;
    private final RolloutSettings rollout;
    private final Versions versions = new Versions();
    private final Set<Long> openJobs = new HashSet<>();
    private LiveEvidence evidence;
    private Supervision supervision;
    private Monitoring monitoring = new Monitoring();
    private Retrainings retrainings;
    private TrafficEvidence traffic;
    private LabelRecord labels;
    private int modelId;
    private Controls controls;
    private long stageEpoch;
    private @Nullable RouteTable route;
    private RunningDrill drill = new RunningDrill(null);

    public ModelState(ModelSettings settings) {
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

    /** The state of which a snapshot was taken; under other settings than these it means nothing. */
    public static ModelState restore(ModelSettings settings, ModelSnapshot snapshot) {
        ModelState state = new ModelState(settings);
        state.modelId = snapshot.modelId();
        state.controls = snapshot.controls();
        state.stageEpoch = snapshot.stageEpoch();
        state.route = snapshot.route();
        state.openJobs.addAll(snapshot.openJobs());
        snapshot.versions().forEach(one -> state.versions.add(VersionState.restored(one, state.rollout)));
        state.evidence = LiveEvidence.restored(state, snapshot.evidence());
        state.monitoring = Monitoring.restored(snapshot.checks());
        state.retrainings = Retrainings.restored(settings.training().restraint(), snapshot.retrainings());
        state.drill = new RunningDrill(snapshot.drill());
        state.supervision = Supervision.restored(settings.rollout().oversight(), snapshot.supervision());
        state.traffic = TrafficEvidence.restored(
                settings.rollout().traffic().guardrails(),
                state.rollout.alpha(),
                state.rollout.alphaSplit(),
                snapshot.traffic());
        state.labels = LabelRecord.restored(labelTimes(settings), snapshot.labels());
        state.evidence.experiments().trust(state.labels);
        return state;
    }

    void identify(int id) {
        modelId = id;
    }

    void register(VersionRegistered facts, long seq) {
        versions.add(new VersionState(facts, seq, rollout));
    }

    void move(StageChanged change, long seq) {
        change.stages().forEach((number, stage) -> {
            switch (version(number).move(stage)) {
                case NEW -> traffic.newLife(number);
                case FORGIVEN -> traffic.forgetGains(number);
                case GOES_ON -> {}
            }
        });
        version(change.version()).canaryShare(change.share());
        version(change.version()).onLadder(change.byEvidence());
        controls = change.pauses() ? controls.automation(true, controls.frozen()) : controls;
        stageEpoch = seq;
        Optional<Experiment> before = running();
        evidence.follow(this, change, seq);
        if (!running().equals(before)) {
            traffic.newExperiment();
        }
        evidence.experiments().trust(labels);
        int champion = ofStage(Stage.CHAMPION).map(VersionState::number).orElse(0);
        monitoring.follow(champion);
        supervision.follow(
                change.stages().keySet(),
                champion,
                ofStage(Stage.CANARY).map(VersionState::number).orElse(0));
        retrainings.follow(change);
        drill = drill.follow(this);
    }

    void drill(DrillBegan begun) {
        drill = drill.next(this, begun);
    }

    void automation(boolean pause, boolean freeze) {
        controls = controls.automation(pause, freeze);
        if (!pause) { // whoever resumes has looked at what was found
            traffic.lookAfresh();
            TrafficVerdicts.forgetHolds(this);
            Stream.of(canary(), championGuard()).flatMap(Optional::stream).forEach(one -> one.policy()
                    .splitAfresh());
        }
    }

    void routing(RoutingMode newMode, double newFloor, double canaryShare, long seq) {
        controls = controls.routing(newMode, newFloor);
        if (canaryShare >= 0) {
            ofStage(Stage.CANARY).ifPresent(canary -> canary.canaryShare(canaryShare));
            evidence.follow(this, null, seq);
        }
    }

    void jobQueued(JobQueued queued, long seq) {
        openJobs.add(queued.job());
        retrainings.queued(queued, ofStage(Stage.CHAMPION).isEmpty());
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
        evidence.withdraw(this, voided, seq);
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
        evidence.outcomes(this, batch, atMillis);
        supervision.outcomes(batch);
        evidence.experiments().trust(labels);
    }

    /** Time went on. */
    void advance(long atMillis) {
        evidence.advance(this, atMillis);
    }

    /** When the oldest label that waits for its turn will have it; empty when none waits. */
    public Optional<Long> dueMillis() {
        return evidence.experiments().dueMillis();
    }

    /** Gateways told what requests there were. */
    void traffic(List<TrafficBatch> batches, long atMillis) {
        LivePair running = livePair().orElse(null);
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
        evidence.shadowAnswer(timeMillis, nonce, version, label, mode() == RoutingMode.ENSEMBLE);
    }

    /** What operators said of the model. */
    public ModelSettings settings() {
        return settings;
    }

    /** Its number in prediction ids; 0 until it was set up. */
    public int modelId() {
        return modelId;
    }

    /** Every version, by number. */
    public Collection<VersionState> versions() {
        return versions.all();
    }

    /** Number that the next version gets. */
    public int nextVersion() {
        return versions.next();
    }

    /** A version that exists. */
    public VersionState version(int number) {
        return find(number).orElseThrow(() -> new IllegalStateException("no version " + number));
    }

    /** A version. */
    public Optional<VersionState> find(int number) {
        return versions.find(number);
    }

    /** The version of this artifact. */
    public Optional<VersionState> findBySha(String sha256) {
        return versions.ofSha(sha256);
    }

    /** The newest version in a stage. */
    public Optional<VersionState> ofStage(Stage stage) {
        return versions.ofStage(stage);
    }

    /** Versions that model nodes keep loaded, by number. */
    public List<VersionState> servable() {
        return versions.servable();
    }

    /** How traffic is split. */
    public RoutingMode mode() {
        return controls.mode();
    }

    /** Smallest share of an arm in adaptive mode. */
    public double floor() {
        return controls.floor();
    }

    /** What the hash of a routing key is mixed with in the running experiment. */
    public String salt() {
        return evidence.experiments().live().salt();
    }

    /** Beliefs about how right champion, canary and standby are now. */
    public DiscountedThompson thompson() {
        return evidence.thompson();
    }

    /** Whether automatic promotion and retraining are stopped. */
    public boolean isPaused() {
        return controls.paused();
    }

    /** Whether automatic rollback is stopped too. */
    public boolean isFrozen() {
        return controls.frozen();
    }

    /** Place in the ledger of the last change of a stage. */
    public long stageEpoch() {
        return stageEpoch;
    }

    /** The shares in force, once there are any. */
    public Optional<RouteTable> route() {
        return Optional.ofNullable(route);
    }

    /** The vote of champion, canary and standby, as far as it is known. */
    public Ensemble ensemble() {
        return evidence.ensemble();
    }

    /** The shadow's trial, while there is one. */
    public Optional<ShadowTrial> trial() {
        return evidence.experiments().trial();
    }

    /** The canary beside the champion, while there is one. */
    public Optional<Experiment> canary() {
        return evidence.experiments().live().canary();
    }

    /** A canary, or a champion, on the same requests as its control, where evidence promotes. */
    public Optional<PairedComparison> pairedComparison(int version) {
        return evidence.experiments().pairedComparison(version);
    }

    /** The guard of a champion beside the former one, while there is one. */
    public Optional<Experiment> championGuard() {
        return evidence.experiments().live().guard();
    }

    /** The experiment on live traffic that runs now, if one does. */
    Optional<Experiment> running() {
        return evidence.experiments().live().running();
    }

    /** What is compared on live traffic now, if anything is. */
    public Optional<LivePair> livePair() {
        return evidence.experiments().live().pair();
    }

    /** What requests say, long before labels. */
    public TrafficEvidence traffic() {
        return traffic;
    }

    /** By what its rollouts are judged. */
    public RolloutSettings rollout() {
        return rollout;
    }

    /** What the drop rules found, in live labels or by checks, if anything. */
    public Optional<String> drop() {
        return liveDrop().or(monitoring::asks);
    }

    /** The same in live labels alone: that champion and control fell, or the champion. */
    Optional<String> liveDrop() {
        return championGuard().flatMap(Experiment::asksForTraining).or(evidence::drop);
    }

    /** What stands between a verdict and its deed. */
    public Supervision supervision() {
        return supervision;
    }

    /** What checks have found of the champion. */
    public Monitoring monitoring() {
        return monitoring;
    }

    /** What is known of its automatic trainings. */
    public Retrainings retrainings() {
        return retrainings;
    }

    /** The drill that is running, if one is. */
    public Optional<DrillBegan> drill() {
        return Optional.ofNullable(drill.begun());
    }

    /** Jobs that have not ended, but for one that waits for approval. */
    public Set<Long> openJobs() {
        return Set.copyOf(openJobs);
    }

    /** How labels come: to be told of predictions and labels, in ledger order. */
    public LabelRecord labels() {
        return labels;
    }

    /** How many labels there are. */
    public ModelSnapshot.Totals totals() {
        return evidence.totals();
    }
}
