package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.AipwDifference;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What labelled units of live traffic tell of a version beside its control: what is bet against it, what is proven of it,
 * and whether they come as the split meant them to.
 */
public final class LiveTraffic {
    private final RolloutSettings settings;
    private LiveComparison comparison;
    private LiveProofs proofs;
    private Splits splits;
    private @Nullable String dependence;

    /** With what is left of the margin. */
    LiveTraffic(RolloutSettings settings, double margin) {
        this(
                settings,
                new LiveComparison(1),
                new LiveProofs(margin, settings.canary().margins()),
                new Splits());
    }

    private LiveTraffic(RolloutSettings settings, LiveComparison comparison, LiveProofs proofs, Splits splits) {
        this.settings = settings;
        this.comparison = comparison;
        this.proofs = proofs;
        this.splits = splits;
    }

    /** A canary begins, with what is left of the margin: nothing is bet against it nor proven of it yet. */
    void beginCanary(double margin) {
        comparison = new LiveComparison(1);
        proofs = new LiveProofs(margin, settings.canary().margins());
    }

    /** A champion is compared afresh; its past counts less and less. */
    void beginChampion() {
        comparison = new LiveComparison(settings.guard().discount());
    }

    /** Labels are no longer believed: nothing is known of either. */
    void withdraw(Phase phase, double margin) {
        beginCanary(margin);
        if (phase != Phase.CANARY) {
            beginChampion();
        }
        splitAfresh();
    }

    /** Nothing is known of the split yet. */
    void splitAfresh() {
        splits = new Splits();
    }

    /** What labels were found to depend on, null for nothing: then only those that were asked for count. */
    void trust(@Nullable String foundDependence) {
        dependence = foundDependence;
    }

    void unit(boolean toNew, double propensityNew, double score, LifeLedger wealth) {
        splits.unit(toNew, propensityNew);
        comparison.unit(toNew, propensityNew, score, wealth);
    }

    /** What the unit proves of a canary, while there is time to. */
    void prove(boolean toNew, double propensityNew, double score) {
        if (comparison.units() <= settings.canary().mostUnits()) {
            proofs.unit(toNew, propensityNew, score);
        }
    }

    /** The unit again, if its label was asked for by lot. */
    void auditedUnit(boolean toNew, double propensityNew) {
        splits.auditedUnit(toNew, propensityNew);
    }

    /** What such a unit proves of a canary, while there is time to. */
    void proveAudited(boolean toNew, double propensityNew, double score) {
        if (comparison.units() <= settings.canary().mostUnits()) {
            proofs.auditedUnit(toNew, propensityNew, score);
        }
    }

    /** Whether units do not come as the split meant them to: nothing is promoted or retrained on such evidence. */
    public boolean isSplitBroken() {
        return split().isBroken(settings.alphaSplit());
    }

    /** The figures of a split that is broken; empty while it is not. */
    public Optional<String> brokenSplit() {
        return isSplitBroken() ? Optional.of(split().says(settings.alphaSplit())) : Optional.empty();
    }

    long units() {
        return comparison.units();
    }

    void tell(StakedLife life) {
        comparison.tell(life);
    }

    /** What the version got. */
    public Counts ofNew() {
        return comparison.ofNew();
    }

    /** What its control got. */
    public Counts ofControl() {
        return comparison.ofControl();
    }

    /** How much better the version is: to be shown, nothing acts on it. */
    public AipwDifference difference() {
        return comparison.difference();
    }

    MarginProofs proofs() {
        return proofs.trusted(dependence);
    }

    SplitWatch split() {
        return splits.trusted(dependence);
    }

    RolloutSnapshot.Live comparisonSnapshot() {
        return comparison.snapshot();
    }

    RolloutSnapshot.Proofs proofsSnapshot() {
        return proofs.snapshot();
    }

    Splits splits() {
        return splits;
    }

    /** But for what is trusted, which is told anew. */
    static LiveTraffic restored(RolloutSettings settings, RolloutSnapshot snapshot) {
        return new LiveTraffic(
                settings,
                LiveComparison.restored(snapshot.live()),
                LiveProofs.restored(snapshot.margin().left(), settings.canary().margins(), snapshot.proofs()),
                Splits.restored(snapshot.split(), snapshot.auditedSplit()));
    }
}
