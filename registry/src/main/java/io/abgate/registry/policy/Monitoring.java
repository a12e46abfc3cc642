package io.abgate.registry.policy;

import io.abgate.registry.policy.Degradation.Finding;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What checks have found of a model's champion. The baseline is of one version, and goes with it. */
public final class Monitoring {
    private int champion;
    private @Nullable BaselineTaken baseline;
    private List<Finding> alerts = List.of();
    private long alertsSeq;
    private @Nullable String asks;

    /** Another champion has another baseline, and none of the former one's alerts. */
    void follow(int championNow) {
        if (championNow != champion) {
            champion = championNow;
            baseline = null;
            alerts = List.of();
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
            alerts = check.findings();
            alertsSeq = seq;
            asks = check.asks();
        }
    }

    void trainingOrdered() {
        asks = null;
    }

    /** What the champion is held against, once it was measured. */
    public Optional<BaselineTaken> baseline() {
        return Optional.ofNullable(baseline);
    }

    /** What was wrong with it at the newest check that is kept. */
    public List<Finding> alerts() {
        return alerts;
    }

    /** Place in the ledger of the newest check that is kept; 0 before the first. */
    public long alertsSeq() {
        return alertsSeq;
    }

    /** Why it should be retrained, if it should. */
    public Optional<String> asks() {
        return Optional.ofNullable(asks);
    }

    ModelSnapshot.Checks snapshot() {
        return new ModelSnapshot.Checks(champion, baseline, alerts, alertsSeq, asks);
    }

    static Monitoring restored(ModelSnapshot.Checks snapshot) {
        Monitoring monitoring = new Monitoring();
        monitoring.champion = snapshot.champion();
        monitoring.baseline = snapshot.baseline();
        monitoring.alerts = snapshot.alerts();
        monitoring.alertsSeq = snapshot.alertsSeq();
        monitoring.asks = snapshot.asks();
        return monitoring;
    }
}
