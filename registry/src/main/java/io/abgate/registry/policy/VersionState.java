package io.abgate.registry.policy;

import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;

/** What is known of one version: what it is, where it stands, how right it is. */
public final class VersionState {
    private final VersionRegistered facts;
    private final double alpha;
    private LifeLedger life;
    private Stage stage = Stage.CANDIDATE;
    private boolean wasChampion;
    private double canaryShare;
    private Counts live = Counts.NONE;

    VersionState(VersionRegistered facts, double alpha) {
        this.facts = facts;
        this.alpha = alpha;
        this.life = LifeLedger.allStaked(alpha);
    }

    void move(Stage next) {
        // only an operator's force brings a version back from there: a new life, or it would be taken back at once
        if (stage == Stage.QUARANTINED && next != Stage.QUARANTINED) {
            life = LifeLedger.allStaked(alpha);
        }
        stage = next;
        wasChampion |= next == Stage.CHAMPION;
    }

    void canaryShare(double share) {
        canaryShare = share;
    }

    void score(double score) {
        live = live.plus(score);
    }

    /** Number, artifact, labels, origin. */
    public VersionRegistered facts() {
        return facts;
    }

    /** Its number. */
    public int number() {
        return facts.version();
    }

    /** Whether it is, or has ever been, the champion. */
    public boolean wasChampion() {
        return wasChampion;
    }

    /** Where it stands. */
    public Stage stage() {
        return stage;
    }

    /** Share of live traffic that it gets as a canary. */
    public double canaryShare() {
        return canaryShare;
    }

    /** Scores of requests that the split assigned to it. */
    public Counts live() {
        return live;
    }

    /** Its false-rollback budget and what the evidence against it has grown to. */
    public LifeLedger life() {
        return life;
    }
}
