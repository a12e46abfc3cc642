package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.rollout.RolloutSettings;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model: the fold of its changes, labels and shadow answers in ledger order. The same ledger
 * always gives the same state. Not safe for use by several threads.
 */
public final class ModelState {
    private static final long NO_MATURITY = 0;

    private final ModelSettings settings;
    private final RolloutSettings rollout;
    private final NavigableMap<Integer, VersionState> versions = new TreeMap<>();
    private final Set<Long> openJobs = new HashSet<>();
    private LiveEvidence evidence;
    private Monitoring monitoring = new Monitoring();
    private Retrainings retrainings;
    private LabelRecord labels = new LabelRecord(NO_MATURITY);
    private int modelId;
    private RoutingMode mode;
    private double floor;
    private boolean paused;
    private boolean frozen;
    private long stageEpoch;
    private @Nullable RouteTable route;
    private @Nullable DrillBegan drill;

    public ModelState(ModelSettings settings) {
        this.settings = settings;
        this.rollout = RolloutSettings.of(
                settings.rollout().alpha(), settings.rollout().controlShare());
        this.mode = settings.routing().mode();
        this.floor = settings.routing().floor();
        this.evidence = new LiveEvidence(settings);
        this.retrainings = new Retrainings(settings.training().restraint());
    }

    /** Everything that later entries of the ledger, or whoever reads it, can depend on. */
    public ModelSnapshot snapshot() {
        return new ModelSnapshot(
                modelId,
                mode,
                floor,
                paused,
                frozen,
                stageEpoch,
                route,
                openJobs.stream().sorted().toList(),
                versions.values().stream().map(VersionState::snapshot).toList(),
                evidence.snapshot(),
                monitoring.snapshot(),
                retrainings.snapshot(),
                labels.snapshot(),
                drill);
    }

    /** The state of which a snapshot was taken; under other settings than these it means nothing. */
    public static ModelState restore(ModelSettings settings, ModelSnapshot snapshot) {
        ModelState state = new ModelState(settings);
        state.modelId = snapshot.modelId();
        state.mode = snapshot.mode();
        state.floor = snapshot.floor();
        state.paused = snapshot.paused();
        state.frozen = snapshot.frozen();
        state.stageEpoch = snapshot.stageEpoch();
        state.route = snapshot.route();
        state.openJobs.addAll(snapshot.openJobs());
        for (ModelSnapshot.Version version : snapshot.versions()) {
            state.versions.put(version.facts().version(), VersionState.restored(version, state.rollout));
        }
        state.evidence = LiveEvidence.restored(state, snapshot.evidence());
        state.monitoring = Monitoring.restored(snapshot.checks());
        state.retrainings = Retrainings.restored(settings.training().restraint(), snapshot.retrainings());
        state.labels = LabelRecord.restored(NO_MATURITY, snapshot.labels());
        state.drill = snapshot.drill();
        return state;
    }

    void identify(int id) {
        modelId = id;
    }

    void register(VersionRegistered facts, long seq) {
        versions.put(facts.version(), new VersionState(facts, seq, rollout));
    }

    void move(StageChanged change, long seq) {
        change.stages().forEach((number, stage) -> version(number).move(stage));
        version(change.version()).canaryShare(change.share());
        paused |= change.pauses();
        stageEpoch = seq;
        evidence.follow(this, change, seq);
        monitoring.follow(ofStage(Stage.CHAMPION).map(VersionState::number).orElse(0));
        retrainings.follow(change);
        drill = drill == null || isCanary(drill) ? drill : null;
    }

    private boolean isCanary(DrillBegan begun) {
        return ofStage(Stage.CANARY).filter(v -> v.number() == begun.version()).isPresent();
    }

    /** One that only measures is over at once. */
    void drill(DrillBegan begun) {
        drill = isCanary(begun) ? begun : drill;
    }

    void automation(boolean pause, boolean freeze) {
        paused = pause;
        frozen = freeze;
    }

    void routing(RoutingMode newMode, double newFloor, double canaryShare, long seq) {
        mode = newMode;
        floor = newFloor;
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
        labels.withdraw(Set.copyOf(voided.versions()));
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

    /** Labels that count were committed together. */
    public void outcomes(List<Outcome> batch) {
        evidence.outcomes(this, batch);
    }

    /** A shadow answered a copy of a request. */
    public void shadowAnswer(long timeMillis, long nonce, int version, int label) {
        evidence.shadowAnswer(timeMillis, nonce, version, label);
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
        return versions.values();
    }

    /** Number that the next version gets. */
    public int nextVersion() {
        return versions.isEmpty() ? 1 : versions.lastKey() + 1;
    }

    /** A version that exists. */
    public VersionState version(int number) {
        return find(number).orElseThrow(() -> new IllegalStateException("no version " + number));
    }

    /** A version. */
    public Optional<VersionState> find(int number) {
        return Optional.ofNullable(versions.get(number));
    }

    /** The version of this artifact. */
    public Optional<VersionState> findBySha(String sha256) {
        return versions.values().stream()
                .filter(v -> v.facts().sha256().equals(sha256))
                .findFirst();
    }

    /** The newest version in a stage. */
    public Optional<VersionState> ofStage(Stage stage) {
        return versions.descendingMap().values().stream()
                .filter(v -> v.stage() == stage)
                .findFirst();
    }

    /** Versions that model nodes keep loaded, by number. */
    public List<VersionState> servable() {
        return versions.values().stream().filter(v -> v.stage().isServable()).toList();
    }

    /** How traffic is split. */
    public RoutingMode mode() {
        return mode;
    }

    /** Smallest share of an arm in adaptive mode. */
    public double floor() {
        return floor;
    }

    /** What the hash of a routing key is mixed with in the running experiment. */
    public String salt() {
        return evidence.salt();
    }

    /** Beliefs about how right champion, canary and standby are now. */
    public DiscountedThompson thompson() {
        return evidence.thompson();
    }

    /** Whether automatic promotion and retraining are stopped. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether automatic rollback is stopped too. */
    public boolean isFrozen() {
        return frozen;
    }

    /** Place in the ledger of the last change of a stage. */
    public long stageEpoch() {
        return stageEpoch;
    }

    /** The shares in force, once there are any. */
    public Optional<RouteTable> route() {
        return Optional.ofNullable(route);
    }

    /** The shadow's trial, while there is one. */
    public Optional<ShadowTrial> trial() {
        return evidence.trial();
    }

    /** The canary's guard, while there is one. */
    public Optional<CanaryGuard> guard() {
        return evidence.guard();
    }

    /** The guard of a champion beside the former one, while there is one. */
    public Optional<ChampionGuard> championGuard() {
        return evidence.championGuard();
    }

    /** By what its rollouts are judged. */
    RolloutSettings rollout() {
        return rollout;
    }

    /** What the drop rules found, in live labels or by checks, if anything. */
    public Optional<String> drop() {
        return liveDrop().or(monitoring::asks);
    }

    /** The same in live labels alone: that champion and control fell, or the champion. */
    Optional<String> liveDrop() {
        return championGuard().flatMap(ChampionGuard::asksForTraining).or(evidence::drop);
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
        return Optional.ofNullable(drill);
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
