package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.Counts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of one version as its evidence tells it: shadow, canary on a ladder of shares, guard as champion, and the
 * search for the cause when its accuracy falls. It is fed units in ledger order and asked for {@link #advice} after each;
 * it changes phase when it is told that the advice was followed, and by itself only to seek a cause.
 *
 * <p>A version that is no worse than its control is taken back in its whole life with probability at most α: whatever
 * bets against it plays with the one wealth of its {@link StakedLife}, of which each phase stakes a part fixed
 * beforehand. A stake that was skipped joins that of the next phase. A version that is worse by the margin passes a
 * phase with probability at most α of promotion. Same units, same state, to the last bit; not safe for use by several
 * threads.
 */
public final class RolloutPolicy {
    private final RolloutSettings settings;
    private final StakedLife life;
    private Phase phase = Phase.SHADOW;
    private Margin margin;
    private Ladder ladder;
    private PairedEvidence paired;
    private LiveTraffic live;
    private ChampionWatch watch;
    private @Nullable String dependence;

    /**
     * A version that begins in {@code first}.
     *
     * @param life of the version
     * @param marginUsed what promotions since the last proven improvement have used up of the canary's margin
     */
    public RolloutPolicy(RolloutSettings settings, StakedLife life, Phase first, double marginUsed) {
        this(settings, life, first, Margin.after(settings.canary().margin(), marginUsed));
    }

    /** The same with what is left of the margin. */
    public RolloutPolicy(RolloutSettings settings, StakedLife life, Phase first, Margin margin) {
        this(settings, life, margin);
        enter(first);
    }

    private RolloutPolicy(RolloutSettings settings, StakedLife life, Margin margin) {
        this.settings = settings;
        this.life = life;
        this.margin = margin;
        this.ladder = new Ladder(settings.canary().steps());
        this.paired = new PairedEvidence(settings.shadow());
        this.live = new LiveTraffic(settings, margin.left());
        this.watch = new ChampionWatch(settings.attribution());
    }

    /**
     * A version that becomes champion from wherever it was.
     *
     * @param known of its live accuracy until then
     */
    public static RolloutPolicy ofChampion(RolloutSettings settings, StakedLife life, Counts known) {
        RolloutPolicy policy = new RolloutPolicy(settings, life, Phase.GUARD, 0);
        policy.watchAfresh(known);
        return policy;
    }

    /** It moved to a phase: by advice, or because an operator said so. Its processes start afresh, its wealth goes on. */
    public void enter(Phase next) {
        Counts known = phase == Phase.CANARY ? live.ofNew() : Counts.NONE;
        if (phase == Phase.SHADOW && next == Phase.CANARY) {
            margin = margin.provenAsShadow(progress().provenInShadow());
        }
        phase = next;
        life.enter(next);
        ladder = new Ladder(settings.canary().steps());
        live.splitAfresh();
        switch (next) {
            case SHADOW -> beginShadow();
            case CANARY -> live.beginCanary(margin.left());
            case GUARD -> watchAfresh(known);
            case ATTRIBUTION -> seekCause();
        }
    }

    private void beginShadow() {
        paired = new PairedEvidence(settings.shadow());
        paired.trust(dependence);
    }

    private void watchAfresh(Counts known) {
        live.beginChampion();
        watch.begin(known);
    }

    private void seekCause() {
        life.alarm();
        phase = Phase.ATTRIBUTION;
        watch.seekCause();
        live.beginChampion();
    }

    /** The search for a cause ends when it was long enough. */
    private void concludeSearch(boolean splitIsSound) {
        if (watch.isSearchLongEnough() && splitIsSound && !live.isSplitBroken()) {
            watch.concludeSearch();
            phase = Phase.GUARD;
        }
    }

    /** Whether it was found that control and version both fell, and that is not answered yet. */
    public boolean hasFoundThatBothFell() {
        return watch.search().found() > 0;
    }

    /** The retraining that was advised is ordered. */
    public void retrainingOrdered() {
        watch.answered();
    }

    /**
     * Labels that were evidence here were withdrawn: its processes start afresh, and a cause that was sought for their
     * sake is sought no more; the wealth is the ledger's matter.
     */
    public void withdraw() {
        phase = phase == Phase.ATTRIBUTION ? Phase.GUARD : phase;
        beginShadow();
        live.withdraw(phase, margin.left());
        watch = new ChampionWatch(settings.attribution());
    }

    /** A labelled request that the shadow answered too; in other phases it is ignored. */
    public void pair(double candidateScore, double championScore) {
        if (phase == Phase.SHADOW) {
            paired.pair(candidateScore, championScore, life.wealth());
            paired.tell(life);
        }
    }

    /** The same again of one whose label was asked for by lot. */
    public void auditedPair(double candidateScore, double championScore) {
        if (phase == Phase.SHADOW) {
            paired.auditedPair(candidateScore, championScore);
        }
    }

    /**
     * A unit of live traffic; in the shadow phase it is ignored.
     *
     * @param toNew whether it was assigned to this version, else to its control
     * @param propensityNew the probability of that, in (0, 1), of the two
     * @param score of the unit, in [0, 1]
     */
    public void unit(boolean toNew, double propensityNew, double score) {
        if (phase == Phase.SHADOW) {
            return;
        }
        if (phase != Phase.CANARY) {
            life.guardUnit();
        }
        live.unit(toNew, propensityNew, score, life.wealth());
        live.tell(life);
        if (phase == Phase.CANARY) {
            live.prove(toNew, propensityNew, score);
            ladder.unit(propensityNew, !live.isSplitBroken());
        }
    }

    /** The same again of one whose label was asked for by lot. */
    public void auditedUnit(boolean toNew, double propensityNew, double score) {
        live.auditedUnit(toNew, propensityNew);
        if (phase == Phase.CANARY) {
            live.proveAudited(toNew, propensityNew, score);
        }
    }

    /** What labels were found to depend on, null for nothing: then only those that were asked for may speak for it. */
    public void trust(@Nullable String foundDependence) {
        dependence = foundDependence;
        paired.trust(foundDependence);
        live.trust(foundDependence);
    }

    /** What labels were found to depend on, if on anything. */
    Optional<String> dependence() {
        return Optional.ofNullable(dependence);
    }

    /**
     * Any label of this version, whether it is a unit or not: what live accuracy is watched by while it is champion.
     *
     * @param splitIsSound whether requests come to the two as the split means them to: while they do not, or labelled
     *     units do not, a fall waits, since a comparison could not tell its cause
     */
    public void label(double score, boolean splitIsSound) {
        if (phase == Phase.GUARD) {
            watch.label(score);
            if (watch.alarms() && splitIsSound && !live.isSplitBroken()) {
                seekCause();
            }
        } else if (phase == Phase.ATTRIBUTION) {
            watch.labelInSearch(score);
            concludeSearch(splitIsSound);
        }
    }

    /** Any label of its control: while the cause of a fall is sought it counts too. */
    public void controlLabel(boolean splitIsSound) {
        if (phase == Phase.ATTRIBUTION) {
            watch.controlLabelInSearch();
            concludeSearch(splitIsSound);
        }
    }

    /** Its keys are tossed by another split, or somebody has looked at it: nothing is known of it yet. */
    public void splitAfresh() {
        live.splitAfresh();
    }

    /** What the evidence calls for now. */
    public Advice advice() {
        return RolloutAdvice.of(this);
    }

    /** Where it stands. */
    public Phase phase() {
        return phase;
    }

    /** What it and its control are to have of live traffic. */
    public Shares shares() {
        return new Shares(this);
    }

    /** How far it is with what it must prove. */
    public Progress progress() {
        return new Progress(this);
    }

    Margin margin() {
        return margin;
    }

    Ladder ladder() {
        return ladder;
    }

    RolloutSettings settings() {
        return settings;
    }

    /** The version's wealth, and how far its stakes have come. */
    public StakedLife life() {
        return life;
    }

    PairedEvidence paired() {
        return paired;
    }

    /** What live traffic tells of it since its phase began. */
    public LiveTraffic live() {
        return live;
    }

    ChampionWatch watch() {
        return watch;
    }

    /** All that changes in it but for the wealth. */
    public RolloutSnapshot snapshot() {
        return new RolloutSnapshot(
                phase,
                ladder.snapshot(),
                margin,
                paired.snapshot(),
                live.comparisonSnapshot(),
                live.proofsSnapshot(),
                live.splits().snapshot(),
                live.splits().auditedSnapshot(),
                watch.fall().snapshot(),
                watch.search().snapshot(),
                dependence);
    }

    /** The policy of which a snapshot was taken, with the life that went with it. */
    public static RolloutPolicy restored(RolloutSettings settings, StakedLife life, RolloutSnapshot snapshot) {
        RolloutPolicy policy = new RolloutPolicy(settings, life, snapshot.margin());
        policy.phase = snapshot.phase();
        policy.ladder = Ladder.restored(settings.canary().steps(), snapshot.rung());
        policy.paired = PairedEvidence.restored(settings.shadow(), snapshot.paired());
        policy.live = LiveTraffic.restored(settings, snapshot);
        policy.watch = ChampionWatch.restored(settings.attribution(), snapshot);
        policy.trust(snapshot.dependence());
        return policy;
    }
}
