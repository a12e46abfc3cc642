package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.AipwDifference;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.ModelXInferiority;

/** The new version beside its control on live traffic: what is bet against it, and what both got. */
final class LiveComparison {
    private final double discount;
    private ModelXInferiority inferiority;
    private AipwDifference difference = new AipwDifference();
    private double newSum;
    private long newUnits;
    private double controlSum;
    private long controlUnits;

    LiveComparison(double discount) {
        this.discount = discount;
        this.inferiority = new ModelXInferiority(discount);
    }

    void unit(boolean toNew, double propensityNew, double score, LifeLedger life) {
        life.multiply(inferiority.factor(toNew, propensityNew, score));
        difference.unit(toNew, propensityNew, score);
        if (toNew) {
            newSum += score;
            newUnits++;
        } else {
            controlSum += score;
            controlUnits++;
        }
    }

    long units() {
        return newUnits + controlUnits;
    }

    void tell(StakedLife life) {
        life.counted(newSum, newUnits, controlSum, controlUnits);
    }

    Counts ofNew() {
        return new Counts(newSum, newUnits);
    }

    Counts ofControl() {
        return new Counts(controlSum, controlUnits);
    }

    AipwDifference difference() {
        return difference;
    }

    RolloutSnapshot.Live snapshot() {
        return new RolloutSnapshot.Live(discount, inferiority.snapshot(), ofNew(), ofControl(), difference.snapshot());
    }

    static LiveComparison restored(RolloutSnapshot.Live snapshot) {
        LiveComparison live = new LiveComparison(snapshot.discount());
        live.inferiority = ModelXInferiority.restored(snapshot.discount(), snapshot.inferiority());
        live.difference = AipwDifference.restored(snapshot.difference());
        live.newSum = snapshot.ofNew().scoreSum();
        live.newUnits = snapshot.ofNew().labels();
        live.controlSum = snapshot.ofControl().scoreSum();
        live.controlUnits = snapshot.ofControl().labels();
        return live;
    }
}
