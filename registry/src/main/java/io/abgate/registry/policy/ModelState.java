package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.rollout.RolloutSettings;
import io.abgate.registry.policy.traffic.LivePair;
import io.abgate.registry.policy.traffic.TrafficEvidence;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one model by now, for all who decide or report by it. It is as far as its {@link ModelFold}, and as
 * little to be used by several threads.
 */
public final class ModelState {
    private final ModelFold fold;

    ModelState(ModelFold fold) {
        this.fold = fold;
    }

    /** What operators said of the model. */
    public ModelSettings settings() {
        return fold.settings;
    }

    /** Its number in prediction ids; 0 until it was set up. */
    public int modelId() {
        return fold.modelId;
    }

    /** Every version, by number. */
    public Collection<VersionState> versions() {
        return fold.versions.all();
    }

    /** Number that the next version gets. */
    public int nextVersion() {
        return fold.versions.next();
    }

    /** A version that exists. */
    public VersionState version(int number) {
        return find(number).orElseThrow(() -> new IllegalStateException("no version " + number));
    }

    /** A version. */
    public Optional<VersionState> find(int number) {
        return fold.versions.find(number);
    }

    /** The version of this artifact. */
    public Optional<VersionState> findBySha(String sha256) {
        return fold.versions.ofSha(sha256);
    }

    /** The newest version in a stage. */
    public Optional<VersionState> ofStage(Stage stage) {
        return fold.versions.ofStage(stage);
    }

    /** Versions that model nodes keep loaded, by number. */
    public List<VersionState> servable() {
        return fold.versions.servable();
    }

    /** How traffic is split. */
    public RoutingMode mode() {
        return fold.controls.mode();
    }

    /** Smallest share of an arm in adaptive mode. */
    public double floor() {
        return fold.controls.floor();
    }

    /** What the hash of a routing key is mixed with in the running experiment. */
    public String salt() {
        return fold.evidence.experiments().live().salt();
    }

    /** Beliefs about how right champion, canary and standby are now. */
    public DiscountedThompson thompson() {
        return fold.evidence.thompson();
    }

    /** Whether automatic promotion and retraining are stopped. */
    public boolean isPaused() {
        return fold.controls.paused();
    }

    /** Whether automatic rollback is stopped too. */
    public boolean isFrozen() {
        return fold.controls.frozen();
    }

    /** Place in the ledger of the last change of a stage. */
    public long stageEpoch() {
        return fold.stageEpoch;
    }

    /** The shares in force, once there are any. */
    public Optional<RouteTable> route() {
        return Optional.ofNullable(fold.route);
    }

    /** The vote of champion, canary and standby, as far as it is known. */
    public Ensemble ensemble() {
        return fold.evidence.ensemble();
    }

    /** The shadow's trial, while there is one. */
    public Optional<ShadowTrial> trial() {
        return fold.evidence.experiments().trial();
    }

    /** The canary beside the champion, while there is one. */
    public Optional<Experiment> canary() {
        return fold.evidence.experiments().live().canary();
    }

    /** A canary, or a champion, on the same requests as its control, where evidence promotes. */
    public Optional<PairedComparison> pairedComparison(int version) {
        return fold.evidence.experiments().pairedComparison(version);
    }

    /** The guard of a champion beside the former one, while there is one. */
    public Optional<Experiment> championGuard() {
        return fold.evidence.experiments().live().guard();
    }

    /** The experiment on live traffic that runs now, if one does. */
    Optional<Experiment> running() {
        return fold.evidence.experiments().live().running();
    }

    /** What is compared on live traffic now, if anything is. */
    public Optional<LivePair> livePair() {
        return fold.evidence.experiments().live().pair();
    }

    /** What requests say, long before labels. */
    public TrafficEvidence traffic() {
        return fold.traffic;
    }

    /** By what its rollouts are judged. */
    public RolloutSettings rollout() {
        return fold.rollout;
    }

    /** What the drop rules found, in live labels or by checks, if anything. */
    public Optional<String> drop() {
        return liveDrop().or(fold.monitoring::asks);
    }

    /** The same in live labels alone: that champion and control fell, or the champion. */
    Optional<String> liveDrop() {
        return championGuard().flatMap(Experiment::asksForTraining).or(fold.evidence::drop);
    }

    /** What stands between a verdict and its deed. */
    public Supervision supervision() {
        return fold.supervision;
    }

    /** What checks have found of the champion. */
    public Monitoring monitoring() {
        return fold.monitoring;
    }

    /** What is known of its automatic trainings. */
    public Retrainings retrainings() {
        return fold.retrainings;
    }

    /** The drill that is running, if one is. */
    public Optional<DrillBegan> drill() {
        return Optional.ofNullable(fold.drill.begun());
    }

    /** Jobs that have not ended, but for one that waits for approval. */
    public Set<Long> openJobs() {
        return Set.copyOf(fold.openJobs);
    }

    /** How labels come: to be told of predictions and labels, in ledger order. */
    public LabelRecord labels() {
        return fold.labels;
    }

    /** How many labels there are. */
    public ModelSnapshot.Totals totals() {
        return fold.evidence.totals();
    }

    /** When the oldest label that waits for its turn will have it; empty when none waits. */
    public Optional<Long> dueMillis() {
        return fold.evidence.experiments().dueMillis();
    }

    /** Everything that later entries of the ledger, or whoever reads it, can depend on. */
    public ModelSnapshot snapshot() {
        return fold.snapshot();
    }
}
