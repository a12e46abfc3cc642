package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.Verdict.Kind;
import io.abgate.registry.policy.rollout.Advice;
import io.abgate.registry.policy.rollout.LabelledRow;
import io.abgate.registry.policy.rollout.MaturedUnits;
import io.abgate.registry.policy.rollout.Phase;
import io.abgate.registry.policy.rollout.RolloutPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks after every label whether a new champion is less accurate than the former one, which keeps a share of live
 * traffic as its control; and, when its accuracy fell, whether it alone or the world is to blame. Labels are taken in the
 * order of the ledger, which is right where their delay does not depend on the version.
 */
public final class ChampionGuard {
    /** Keys or route tables after which there is a new experiment: fresh tosses of the same coin, so that neither grows. */
    private static final int MOST_KEYS = 100_000;

    private static final int MOST_TABLES = 1_000;
    private static final long AS_THEY_COME = 0;

    private final int version;
    private final int control;
    private final LifeLedger life;
    private final RolloutPolicy policy;
    private String salt;
    private boolean suspended;
    private MaturedUnits units = new MaturedUnits(AS_THEY_COME);

    private ChampionGuard(int version, int control, String salt, LifeLedger life, RolloutPolicy policy) {
        this.version = version;
        this.control = control;
        this.salt = salt;
        this.life = life;
        this.policy = policy;
    }

    /** Whether this change makes a champion beside which the former one can be a control. */
    static boolean startsWith(StageChanged change, ModelState state) {
        return change.kind() == StageChanged.Kind.PROMOTED
                && state.settings().rollout().controlShare() > 0
                && change.stages().containsValue(Stage.CHAMPION)
                && change.stages().containsValue(Stage.STANDBY);
    }

    /**
     * A new champion's guard.
     *
     * @param known of its live accuracy as a canary
     */
    static ChampionGuard started(ModelState state, String salt, Counts known) {
        VersionState champion = state.ofStage(Stage.CHAMPION).orElseThrow();
        int control = state.ofStage(Stage.STANDBY).orElseThrow().number();
        champion.guardedBeside(control);
        RolloutPolicy policy = RolloutPolicy.ofChampion(state.rollout(), champion.stakedLife(), known);
        return new ChampionGuard(champion.number(), control, salt, champion.life(), policy);
    }

    /**
     * Labels were committed together.
     *
     * @param routes tells the table of each epoch, null when it is unknown
     * @return whether it is time for a new experiment
     */
    boolean outcomes(List<Outcome> batch, RouteLookup routes, int tables) {
        if (suspended) {
            return false;
        }
        List<LabelledRow> rows = new ArrayList<>();
        for (Outcome outcome : batch) {
            RouteTable table = routes.at(outcome.id().epoch());
            if (outcome.isEvidence() && table != null && table.salt().equals(salt)) {
                rows.add(row(outcome, table));
            }
        }
        units.labelled(rows, AS_THEY_COME, this::unit);
        for (Outcome outcome : batch) {
            if (outcome.isEvidence() && outcome.id().assigned() == version) {
                policy.label(outcome.assignedScore());
            }
        }
        return units.keys() >= MOST_KEYS || tables >= MOST_TABLES;
    }

    private LabelledRow row(Outcome outcome, RouteTable table) {
        int assigned = outcome.id().assigned();
        double pair = table.share(version) + table.share(control);
        boolean ofThePair = pair > 0 && (assigned == version || assigned == control);
        return LabelledRow.live(
                outcome.id().timeMillis(),
                outcome.id().nonce(),
                outcome.id().keyHash(),
                assigned,
                table.share(assigned),
                ofThePair ? table.share(version) / pair : 0,
                outcome.assignedScore(),
                true);
    }

    private void unit(MaturedUnits.Unit unit) {
        policy.unit(unit.assigned() == version, unit.propensityNew(), unit.score(), unit.promotes());
    }

    /** A canary suspends it, or none does any more; whether it is now to be resumed. */
    boolean suspendedBy(@Nullable CanaryGuard canary) {
        boolean before = suspended;
        suspended = canary != null;
        return before && !suspended;
    }

    /** A new experiment: keys are tossed anew, what was learnt and won or lost stays. */
    void resumed(String experiment) {
        salt = experiment;
        units = new MaturedUnits(AS_THEY_COME);
    }

    /** Labels of one of the two were withdrawn: all starts again but for the budget. */
    void withdraw(String experiment) {
        policy.withdraw();
        resumed(experiment);
    }

    /** A training was ordered, if it was this that asked for it. */
    void trainingOrdered() {
        if (asksForTraining().isPresent()) {
            policy.retrainingOrdered();
        }
    }

    /** Whether it is these two that are compared. */
    boolean compares(int champion, int standby) {
        return version == champion && control == standby;
    }

    /** Whether one of the two is among these versions. */
    boolean concerns(Set<Integer> versions) {
        return versions.contains(version) || versions.contains(control);
    }

    /** Whether the champion is to be taken back. */
    boolean isSpent() {
        return life.isSpent();
    }

    /** Why the model is to be retrained, when both are less accurate than they were. */
    Optional<String> asksForTraining() {
        return Optional.of(policy)
                .filter(rollout -> !suspended && rollout.phase() == Phase.ATTRIBUTION)
                .map(RolloutPolicy::advice)
                .filter(advice -> advice.kind() == Advice.Kind.RETRAIN)
                .map(advice -> "both fell: " + advice.reason());
    }

    Verdict rollback() {
        Map<String, Object> figures = new HashMap<>(policy.advice().figures());
        figures.put("control", control);
        Counts fresh = policy.ofNew();
        Counts former = policy.ofControl();
        String reason = String.format(
                Locale.ROOT,
                "less accurate than the former champion %d beside it after %d labelled keys"
                        + " (%.1f of %d right against %.1f of %d); the e-value reached %.1f, the threshold is %.0f%s",
                control,
                fresh.labels() + former.labels(),
                fresh.scoreSum(),
                fresh.labels(),
                former.scoreSum(),
                former.labels(),
                life.g(),
                life.threshold(),
                policy.isSplitBroken() ? "; units do not come from the two as the split means them to" : "");
        return new Verdict(Kind.ROLL_BACK, version, reason, figures);
    }

    /** Units that the champion was assigned since the phase began. */
    public Counts units() {
        return policy.ofNew();
    }

    /** Units that the control was. */
    public Counts controlUnits() {
        return policy.ofControl();
    }

    /** How often a cause was sought in the champion's life. */
    public int alarms() {
        return policy.alarms();
    }

    /** The champion's version. */
    public int version() {
        return version;
    }

    /** The former champion's. */
    public int control() {
        return control;
    }

    /** Share of live traffic that the control is to have. */
    public double controlShare() {
        return policy.controlShare();
    }

    /** GUARD, or ATTRIBUTION while a cause is sought. */
    public Phase phase() {
        return policy.phase();
    }

    /** Whether a canary runs meanwhile. */
    public boolean isSuspended() {
        return suspended;
    }

    ModelSnapshot.ChampionGuard snapshot() {
        return new ModelSnapshot.ChampionGuard(version, control, salt, suspended, policy.snapshot(), units.snapshot());
    }

    static ChampionGuard restored(ModelState state, ModelSnapshot.ChampionGuard snapshot) {
        VersionState champion = state.version(snapshot.version());
        RolloutPolicy policy = RolloutPolicy.restored(state.rollout(), champion.stakedLife(), snapshot.policy());
        ChampionGuard guard =
                new ChampionGuard(snapshot.version(), snapshot.control(), snapshot.salt(), champion.life(), policy);
        guard.suspended = snapshot.suspended();
        guard.units = MaturedUnits.restored(snapshot.units());
        return guard;
    }
}
