package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.Counts;

/**
 * How long the cause of a fall is sought: so many labels of champion and control together, whether their keys are new or
 * known, or of the champion alone where the control gets no request. Then both fell, unless the comparison has taken the
 * champion back by then; else few returning keys, or a control that is not loaded, would let it never end.
 */
final class Attribution {
    private final int enough;
    private Counts ofNew = Counts.NONE;
    private long ofControl;
    private long found;

    Attribution(RolloutSettings.Attribution settings) {
        this.enough = settings.labels();
    }

    /** A fall is noticed: the search begins, and what an earlier one found stands. */
    void begin() {
        ofNew = Counts.NONE;
        ofControl = 0;
    }

    void ofNew(double score) {
        ofNew = ofNew.plus(score);
    }

    void ofControl() {
        ofControl++;
    }

    boolean isLongEnough() {
        return labels() >= enough;
    }

    /** The control is no better: both fell. */
    void conclude() {
        found = labels();
    }

    /** What was found has its answer, or is no longer believed. */
    void forget() {
        found = 0;
    }

    /** Labels since the search began. */
    long labels() {
        return ofNew.labels() + ofControl;
    }

    /** Labels that are missing until it ends. */
    long missing() {
        return Math.max(0, enough - labels());
    }

    /** What the champion got since the search began. */
    Counts level() {
        return ofNew;
    }

    /** Labels after which both were found to have fallen; 0 for nothing found that is not answered yet. */
    long found() {
        return found;
    }

    RolloutSnapshot.Sought snapshot() {
        return new RolloutSnapshot.Sought(ofNew, ofControl, found);
    }

    static Attribution restored(RolloutSettings.Attribution settings, RolloutSnapshot.Sought snapshot) {
        Attribution attribution = new Attribution(settings);
        attribution.ofNew = snapshot.ofNew();
        attribution.ofControl = snapshot.ofControl();
        attribution.found = snapshot.found();
        return attribution;
    }
}
