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
    /** The salt of no table. */
    private static final String NOT_TOSSED = "";

    private final int version;
    private final int control;
    private final boolean ladder;
    private final RolloutPolicy policy;
    private final Tosses tosses;
    private boolean suspended;
    /** Whether keys were tossed anew since a cause is sought: it cannot be found by requests of before. */
    private boolean tossed = true;

    private Experiment(int version, int control, boolean ladder, RolloutPolicy policy, Tosses tosses) {
        this.version = version;
        this.control = control;
        this.ladder = ladder;
        this.policy = policy;
        this.tosses = tosses;
    }

    /**
     * A version's shadow phase beside the champion.
     *
     * @param marginUsed by promotions up to the champion's
     */
    static Experiment ofShadow(
            ModelState state, VersionState version, VersionState champion, double marginUsed, Toss toss) {
        RolloutPolicy policy = new RolloutPolicy(state.rollout(), version.stakedLife(), Phase.SHADOW, marginUsed);
        return of(version, champion, false, policy, toss);
    }

    /** A canary beside the champion; on a ladder, if it is the evidence that moves it. */
    static Experiment ofCanary(
            ModelState state, VersionState version, VersionState champion, Margin margin, Toss toss) {
        RolloutPolicy policy = new RolloutPolicy(state.rollout(), version.stakedLife(), Phase.CANARY, margin);
        return of(version, champion, version.isOnLadder(), policy, toss);
    }

    private static Experiment of(
            VersionState version, VersionState control, boolean ladder, RolloutPolicy policy, Toss toss) {
        version.guardedBeside(control.number());
        Tosses tosses = new Tosses(version.number(), control.number(), toss.maturityMillis(), toss.salt());
        return new Experiment(version.number(), control.number(), ladder, policy, tosses);
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
    record Toss(String salt, long maturityMillis) {}

    /**
     * Labels of live traffic were committed together.
     *
     * @param routes tells the table of each epoch, null when it is unknown
     * @param atMillis when, by the ledger
     * @param splitIsSound whether requests come as the split means them to
     */
    void outcomes(List<Outcome> batch, RouteLookup routes, long atMillis, boolean splitIsSound) {
        tosses.outcomes(batch, routes, atMillis, sinks(splitIsSound));
    }

    /** Which of its tosses was in force under the table of an epoch; {@link Tosses#NONE} if none that is known. */
    long toss(RouteLookup routes, long epoch) {
        return tosses.number(routes, epoch);
    }

    /** Requests that both answered were labelled. */
    void pairs(List<Pairing.Pair> pairs, long atMillis) {
        tosses.pairs(pairs, atMillis, sinks(true));
    }

    /** Time went on, by the ledger. */
    void advance(long atMillis, boolean splitIsSound) {
        tosses.advance(atMillis, sinks(splitIsSound));
    }

    private Tosses.Sinks sinks(boolean splitIsSound) {
        return new Tosses.Sinks(sink(splitIsSound, true), sink(splitIsSound, false), this::auditedUnit);
    }

    private MaturedUnits.Sink sink(boolean splitIsSound, boolean newest) {
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
                boolean sought = policy.phase() == Phase.ATTRIBUTION;
                if (sought && (suspended || !newest || !tossed || row.share() == 0)) {
                    return;
                }
                int alarms = policy.life().alarms();
                if (row.assigned() == version) {
                    policy.label(row.score(), splitIsSound);
                } else if (row.assigned() == control) {
                    policy.controlLabel(splitIsSound);
                }
                tossed &= policy.life().alarms() == alarms;
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

    /**
     * A canary suspends it, or none does any more; whether it is now to be resumed. Meanwhile its keys are not tossed, so
     * only labels that are under way make units; but how right its version is, is watched on by every label.
     */
    boolean suspendedWhile(boolean canary) {
        boolean before = suspended;
        suspended = canary;
        boolean resumed = before && !suspended;
        if (resumed) {
            policy.splitAfresh(); // whether keys that are tossed anew come as they should is a new question
        }
        return resumed;
    }

    /** Keys are tossed anew; what was learnt and won or lost stays. */
    void tossAnew(String anew) {
        tosses.tossAnew(anew);
        tossed = true;
    }

    /** Its labels are no longer believed: all starts again but for the budget; a suspended one's keys when it goes on. */
    void restart(String anew) {
        policy.withdraw();
        tosses.restart(suspended ? NOT_TOSSED : anew);
    }

    /** A training was ordered: whatever asked for it, that both fell is answered, also while a canary runs. */
    void trainingOrdered() {
        policy.retrainingOrdered();
    }

    /** Why the model is to be retrained, when both are less accurate than they were. */
    Optional<String> asksForTraining() {
        if (suspended || !policy.hasFoundThatBothFell()) {
            return Optional.empty(); // asked after each label: the words cost more than the answer
        }
        return Optional.of(advice())
                .filter(advice -> advice.kind() == Advice.Kind.RETRAIN)
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
        return policy.life().wealth().isSpent();
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

    /** Whether the evidence moves it on and is still to be proven: until then its keys are not tossed anew. */
    public boolean isProving() {
        return ladder
                && !policy.progress().isUndecided()
                && Double.isNaN(policy.progress().provenMargin());
    }

    /** Keys beyond that make no units, or new ones where a shadow's are paired and not tossed. */
    void bound(int mostKeys) {
        tosses.bound(mostKeys, policy.phase() == Phase.SHADOW);
    }

    /** Whether the evidence was to move it on, and has not in its time. */
    public boolean makesWay() {
        return ladder && policy.progress().isUndecided();
    }

    /** What the keys of the experiment are hashed with. */
    String salt() {
        return tosses.salt();
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
    public Tosses collected() {
        return tosses;
    }

    /** Units of live traffic that the version was assigned since the phase began. */
    public Counts units() {
        return policy.live().ofNew();
    }

    /** Units of live traffic that its control was. */
    public Counts controlUnits() {
        return policy.live().ofControl();
    }

    ModelSnapshot.Experiment snapshot() {
        return new ModelSnapshot.Experiment(version, control, ladder, suspended, policy.snapshot(), tosses.snapshot());
    }

    static Experiment restored(ModelState state, ModelSnapshot.Experiment snapshot) {
        RolloutPolicy policy = RolloutPolicy.restored(
                state.rollout(), state.version(snapshot.version()).stakedLife(), snapshot.policy());
        Experiment experiment = new Experiment(
                snapshot.version(),
                snapshot.control(),
                snapshot.ladder(),
                policy,
                Tosses.restored(snapshot.version(), snapshot.control(), snapshot.tosses()));
        experiment.suspended = snapshot.suspended();
        return experiment;
    }
}
