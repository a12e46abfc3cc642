package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.rollout.Advice;
import io.abgate.registry.policy.rollout.LabelledRow;
import io.abgate.registry.policy.rollout.Margin;
import io.abgate.registry.policy.rollout.MaturedUnits;
import io.abgate.registry.policy.rollout.Phase;
import io.abgate.registry.policy.rollout.RolloutPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A version beside its control: a shadow on copies of the champion's requests, a canary beside the champion, or a
 * champion beside the former one. Labels become units, one a hashed key, and the rollout policy is fed with them: this
 * is the only way in which labels decide about a version.
 */
public final class Experiment {
    private final int version;
    private final int control;
    private final boolean ladder;
    private final RolloutPolicy policy;
    private UnitRows rows;
    private boolean suspended;
    private MaturedUnits units;
    private MaturedUnits audited;

    private Experiment(
            int version,
            int control,
            boolean ladder,
            RolloutPolicy policy,
            String salt,
            MaturedUnits units,
            MaturedUnits audited) {
        this.version = version;
        this.control = control;
        this.ladder = ladder;
        this.policy = policy;
        this.rows = new UnitRows(version, control, salt);
        this.units = units;
        this.audited = audited;
    }

    /** A version's shadow phase beside the champion. */
    static Experiment ofShadow(ModelState state, VersionState version, VersionState champion, Toss toss) {
        RolloutPolicy policy =
                new RolloutPolicy(state.rollout(), version.stakedLife(), Phase.SHADOW, champion.marginUsed());
        return of(version, champion, false, policy, toss);
    }

    /**
     * A canary beside the champion; on a ladder, if it is the evidence that moves it.
     *
     * @param shadowMargin proven in shadow; NaN if none was
     */
    static Experiment ofCanary(
            ModelState state, VersionState version, VersionState champion, double shadowMargin, Toss toss) {
        Margin margin = Margin.after(state.rollout().canary().margin(), champion.marginUsed())
                .provenAsShadow(shadowMargin);
        RolloutPolicy policy = new RolloutPolicy(state.rollout(), version.stakedLife(), Phase.CANARY, margin);
        return of(version, champion, version.isOnLadder(), policy, toss);
    }

    private static Experiment of(
            VersionState version, VersionState control, boolean ladder, RolloutPolicy policy, Toss toss) {
        version.guardedBeside(control.number());
        return new Experiment(
                version.number(), control.number(), ladder, policy, toss.salt(), toss.units(), toss.units());
    }

    /**
     * A new champion's guard.
     *
     * @param known of its live accuracy as a canary
     */
    static Experiment ofChampion(
            ModelState state, VersionState champion, VersionState control, Counts known, Toss toss) {
        RolloutPolicy policy = RolloutPolicy.ofChampion(state.rollout(), champion.stakedLife(), known);
        return of(champion, control, false, policy, toss);
    }

    /**
     * How keys are tossed, and which labels of them count.
     *
     * @param salt of the tosses
     * @param maturityMillis that labels take to come, fixed as long as the experiment lasts
     */
    record Toss(String salt, long maturityMillis) {
        private MaturedUnits units() {
            return new MaturedUnits(maturityMillis);
        }
    }

    /**
     * Labels of live traffic were committed together.
     *
     * @param routes tells the table of each epoch, null when it is unknown
     * @param atMillis when, by the ledger
     * @param splitIsSound whether requests come as the split means them to
     */
    void outcomes(List<Outcome> batch, RouteLookup routes, long atMillis, boolean splitIsSound) {
        if (!suspended) {
            labelled(rows.live(batch, routes), atMillis, splitIsSound);
        }
    }

    /** Whether keys were tossed as the experiment tosses them when this table was in force. */
    boolean tosses(RouteLookup routes, long epoch) {
        return rows.own(routes, epoch) != null;
    }

    /** Requests that both answered were labelled. */
    void pairs(List<ShadowPairs.Pair> pairs, long atMillis) {
        labelled(rows.pairs(pairs), atMillis, true);
    }

    /** Labels that were asked for are a sequence of units of their own, so that no other label has a part in it. */
    private void labelled(List<LabelledRow> labelled, long atMillis, boolean splitIsSound) {
        units.labelled(labelled, atMillis, sink(splitIsSound));
        audited.labelled(labelled.stream().filter(LabelledRow::audited).toList(), atMillis, this::auditedUnit);
    }

    /** Time went on, by the ledger. */
    void advance(long atMillis, boolean splitIsSound) {
        if (!suspended) {
            units.advance(atMillis, sink(splitIsSound));
            audited.advance(atMillis, this::auditedUnit);
        }
    }

    private MaturedUnits.Sink sink(boolean splitIsSound) {
        return new MaturedUnits.Sink() {
            @Override
            public void unit(MaturedUnits.Unit unit) {
                if (policy.phase() == Phase.SHADOW) {
                    policy.pair(unit.shadowScore(), unit.score());
                } else {
                    policy.unit(unit.assigned() == version, unit.propensityNew(), unit.score());
                }
            }

            @Override
            public void label(LabelledRow row) {
                if (row.assigned() == version) {
                    policy.label(row.score(), splitIsSound);
                } else if (row.assigned() == control) {
                    policy.controlLabel(splitIsSound);
                }
            }
        };
    }

    private void auditedUnit(MaturedUnits.Unit unit) {
        if (policy.phase() == Phase.SHADOW) {
            policy.auditedPair(unit.shadowScore(), unit.score());
        } else {
            policy.auditedUnit(unit.assigned() == version, unit.propensityNew(), unit.score());
        }
    }

    /** Which labels may speak for the version; a shadow's are all of them labels of its control. */
    void trust(LabelRecord labels) {
        int judged = policy.phase() == Phase.SHADOW ? control : version;
        policy.trust(labels.trust(judged, control).dependence().orElse(null));
    }

    /** A canary suspends it, or none does any more; whether it is now to be resumed. */
    boolean suspendedWhile(boolean canary) {
        boolean before = suspended;
        suspended = canary;
        return before && !suspended;
    }

    /** Keys are tossed anew; what was learnt and won or lost stays. */
    void tossAnew(String anew) {
        rows = new UnitRows(version, control, anew);
        units = new MaturedUnits(units.maturityMillis());
        audited = new MaturedUnits(units.maturityMillis());
    }

    /** It goes on after a canary, with keys that are tossed anew: whether these come as they should is a new question. */
    void resume(String anew) {
        policy.splitAfresh();
        tossAnew(anew);
    }

    /** Its labels are no longer believed, or its keys no longer known: all starts again but for the budget. */
    void restart(String anew) {
        policy.withdraw();
        tossAnew(anew);
    }

    /** A training was ordered, if it was this that asked for it. */
    void trainingOrdered() {
        if (asksForTraining().isPresent()) {
            policy.retrainingOrdered();
        }
    }

    /** Why the model is to be retrained, when both are less accurate than they were. */
    Optional<String> asksForTraining() {
        return Optional.of(advice())
                .filter(advice -> !suspended && advice.kind() == Advice.Kind.RETRAIN)
                .map(advice -> "both fell: " + advice.reason());
    }

    /** Whether it is these two that are compared. */
    boolean compares(int one, int other) {
        return version == one && control == other;
    }

    /** Whether one of the two is among these versions. */
    boolean concerns(Set<Integer> versions) {
        return versions.contains(version) || versions.contains(control);
    }

    /** Whether the version is to be taken back. */
    boolean isSpent() {
        return policy.life().isSpent();
    }

    /** The version that is judged. */
    public int version() {
        return version;
    }

    /** What it is compared with. */
    public int control() {
        return control;
    }

    /** Whether the evidence moves it on: up the ladder of shares, and to champion. Never with an operator's canary. */
    public boolean isOnLadder() {
        return ladder;
    }

    /** Whether it is still open if the evidence moves it on: until then its keys are not tossed anew. */
    public boolean isProving() {
        return ladder && !policy.progress().isUndecided();
    }

    /** Whether the evidence was to move it on, and has not in its time. */
    public boolean makesWay() {
        return ladder && policy.progress().isUndecided();
    }

    /** What the keys of the experiment are hashed with. */
    String salt() {
        return rows.salt();
    }

    /** Whether a canary runs meanwhile. */
    public boolean isSuspended() {
        return suspended;
    }

    /** What the evidence is and calls for. */
    public RolloutPolicy policy() {
        return policy;
    }

    /** What the evidence calls for now. */
    public Advice advice() {
        return policy.advice();
    }

    /** Labels that came, and what became of them. */
    public MaturedUnits collected() {
        return units;
    }

    /** Units of live traffic that the version was assigned since the phase began. */
    public Counts units() {
        return policy.ofNew();
    }

    /** Units of live traffic that its control was. */
    public Counts controlUnits() {
        return policy.ofControl();
    }

    ModelSnapshot.Experiment snapshot() {
        return new ModelSnapshot.Experiment(
                version, control, ladder, salt(), suspended, policy.snapshot(), units.snapshot(), audited.snapshot());
    }

    static Experiment restored(ModelState state, ModelSnapshot.Experiment snapshot) {
        RolloutPolicy policy = RolloutPolicy.restored(
                state.rollout(), state.version(snapshot.version()).stakedLife(), snapshot.policy());
        Experiment experiment = new Experiment(
                snapshot.version(),
                snapshot.control(),
                snapshot.ladder(),
                policy,
                snapshot.salt(),
                MaturedUnits.restored(snapshot.units()),
                MaturedUnits.restored(snapshot.audited()));
        experiment.suspended = snapshot.suspended();
        return experiment;
    }
}
