package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.rollout.MarginUse;
import io.abgate.registry.policy.rollout.RolloutSettings;
import io.abgate.registry.policy.rollout.StakedLife;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** What is known of one version: what it is, where it stands, how right it is. */
public final class VersionState {
    private final VersionRegistered facts;
    private final long registeredSeq;
    private final RolloutSettings rollout;
    private final NavigableSet<Integer> controls = new TreeSet<>();
    private StakedLife life;
    private Stage stage = Stage.CANDIDATE;
    private boolean wasChampion;
    private double canaryShare;
    private boolean ladder;
    private MarginUse marginUse = MarginUse.NONE;
    private Counts live = Counts.NONE;
    private LiveMeasurement measured;

    VersionState(VersionRegistered facts, long registeredSeq, RolloutSettings rollout) {
        this.facts = facts;
        this.registeredSeq = registeredSeq;
        this.rollout = rollout;
        this.life = new StakedLife(rollout);
        this.measured = new LiveMeasurement(facts.labels());
    }

    /** What a move makes of a version's life. */
    enum Life {
        GOES_ON,
        /** It goes on without what was gained against it. */
        FORGIVEN,
        NEW
    }

    Life move(Stage next) {
        boolean released = stage == Stage.QUARANTINED && next == Stage.CANDIDATE;
        // else only an operator's force brings a version back from there: a new life, or it would be taken back at once
        boolean reborn = stage == Stage.QUARANTINED && next != Stage.QUARANTINED && !released;
        if (released) {
            life.wealth().forgetGains(); // its life goes on, without what would take it back at once
        }
        if (reborn) {
            life = new StakedLife(rollout);
            controls.clear();
        }
        stage = next;
        wasChampion |= next == Stage.CHAMPION;
        return reborn ? Life.NEW : released ? Life.FORGIVEN : Life.GOES_ON;
    }

    void canaryShare(double share) {
        canaryShare = share;
    }

    /** What moves it on, if it is a canary: the evidence, up a ladder of shares, or an operator. */
    void onLadder(boolean byEvidence) {
        ladder = byEvidence;
    }

    /** It gets the share that the evidence gives it, if it is that which moves it on. */
    void follow(Experiment experiment) {
        if (ladder) {
            canaryShare = experiment.policy().shares().ofNew();
        }
    }

    void marginUse(MarginUse use) {
        marginUse = use;
    }

    void learn(Outcome outcome) {
        live = live.plus(outcome.assignedScore());
        measured.add(outcome);
    }

    /** A guard compares it with this one from now on. */
    void guardedBeside(int control) {
        controls.add(control);
    }

    /** Labels were withdrawn: figures lose what those had added, and what was gained by evidence of them is forgotten. */
    void withdraw(LabelsVoided voided) {
        Set<Integer> affected = Set.copyOf(voided.versions());
        boolean own = affected.contains(number());
        if (own) {
            voided.figuresOf(number()).ifPresentOrElse(this::unlearn, this::beginAnew);
        }
        if (own || !Collections.disjoint(controls, affected)) {
            life.wealth().forgetGains();
        }
    }

    private void unlearn(WithdrawnFigures figures) {
        live = live.minus(figures.live());
        measured.remove(figures.measured());
    }

    private void beginAnew() {
        live = Counts.NONE;
        measured = new LiveMeasurement(facts.labels());
    }

    ModelSnapshot.Version snapshot() {
        return new ModelSnapshot.Version(
                facts,
                registeredSeq,
                stage,
                wasChampion,
                canaryShare,
                ladder,
                marginUse,
                live,
                measured.snapshot(),
                life.wealth().snapshot(),
                life.schedule(),
                List.copyOf(controls));
    }

    static VersionState restored(ModelSnapshot.Version snapshot, RolloutSettings rollout) {
        VersionState version = new VersionState(snapshot.facts(), snapshot.registeredSeq(), rollout);
        version.stage = snapshot.stage();
        version.wasChampion = snapshot.wasChampion();
        version.canaryShare = snapshot.canaryShare();
        version.ladder = snapshot.ladder();
        version.marginUse = snapshot.marginUse();
        version.live = snapshot.live();
        version.measured = LiveMeasurement.restored(snapshot.facts().labels(), snapshot.measured());
        version.life = StakedLife.restored(rollout, snapshot.life(), snapshot.schedule());
        version.controls.addAll(snapshot.controls());
        return version;
    }

    /** Number, artifact, labels, origin. */
    public VersionRegistered facts() {
        return facts;
    }

    /** Its number. */
    public int number() {
        return facts.version();
    }

    /**
     * Whether a prediction by a route table of this epoch can be of this version. No table knows a version before it is
     * stored, so an older one, of a future that was lost when the store was put back, means another one of its number.
     */
    public boolean isKnownAt(long epoch) {
        return epoch > registeredSeq;
    }

    /** Whether it is, or has ever been, the champion. */
    public boolean wasChampion() {
        return wasChampion;
    }

    /** Whether it is a copy that was made worse on purpose: it is never to be anything but a drill's canary. */
    public boolean isDrill() {
        return facts.source().equals(DrillBegan.DRILL) && facts.tags().contains(DrillBegan.DRILL);
    }

    /** Where it stands. */
    public Stage stage() {
        return stage;
    }

    /** Share of live traffic that it gets as a canary. */
    public double canaryShare() {
        return canaryShare;
    }

    /** Whether that share is the evidence's to set, and not an operator's. */
    public boolean isOnLadder() {
        return ladder;
    }

    /** What promotions since the last proven improvement, its own the last, have used up of the margin. */
    MarginUse marginUse() {
        return marginUse;
    }

    /** Scores of requests that the split assigned to it. */
    public Counts live() {
        return live;
    }

    /** What their truths say besides. */
    public LiveMeasurement measured() {
        return measured;
    }

    /** Its false-rollback budget and what the evidence against it has grown to. */
    public LifeLedger life() {
        return life.wealth();
    }

    /** The same with its schedule, for what stakes it. */
    StakedLife stakedLife() {
        return life;
    }
}
