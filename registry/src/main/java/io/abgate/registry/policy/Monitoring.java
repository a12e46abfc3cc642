package io.abgate.registry.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What checks have found of a model's champion. The baseline is of one version, and goes with it; its alerts stay until
 * it is said that they are over.
 */
public final class Monitoring {
    private int champion;
    private @Nullable BaselineTaken baseline;
    private Alerts alerts = new Alerts();
    private long checkedSeq;
    private @Nullable String asks;

    /** Another champion has another baseline. */
    void follow(int championNow) {
        if (championNow != champion) {
            champion = championNow;
            baseline = null;
            asks = null;
        }
    }

    void baseline(BaselineTaken taken) {
        if (taken.version() == champion) {
            baseline = taken;
        }
    }

    void checked(VersionChecked check, long seq) {
        if (check.version() == champion) {
            checkedSeq = seq;
            asks = check.asks();
        }
    }

    void raised(Alert alert) {
        alerts.raised(alert);
    }

    void recovered(AlertRecovered recovered) {
        alerts.recovered(recovered);
    }

    void trainingOrdered() {
        asks = null;
    }

    /** What the champion is held against, once it was measured. */
    public Optional<BaselineTaken> baseline() {
        return Optional.ofNullable(baseline);
    }

    /** What is wrong, in the order of the kinds; there is at most one of each. */
    public List<Alert> alerts() {
        return alerts.open();
    }

    Alerts book() {
        return alerts;
    }

    /** The version that is watched; 0 for none. */
    int champion() {
        return champion;
    }

    /** Place in the ledger of the newest check that is kept; 0 before the first. */
    public long checkedSeq() {
        return checkedSeq;
    }

    /** Why it should be retrained, if it should. */
    public Optional<String> asks() {
        return Optional.ofNullable(asks);
    }

    ModelSnapshot.Checks snapshot() {
        return new ModelSnapshot.Checks(champion, baseline, alerts.open(), alerts.ended(), checkedSeq, asks);
    }

    static Monitoring restored(ModelSnapshot.Checks snapshot) {
        Monitoring monitoring = new Monitoring();
        monitoring.champion = snapshot.champion();
        monitoring.baseline = snapshot.baseline();
        monitoring.alerts = Alerts.restored(snapshot.alerts(), snapshot.ended());
        monitoring.checkedSeq = snapshot.checkedSeq();
        monitoring.asks = snapshot.asks();
        return monitoring;
    }
}
