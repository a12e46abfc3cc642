package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.EProcess;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.PairedInferiority;
import io.abgate.registry.evidence.PairedNonInferiority;

/** A shadow and the champion on the same labelled requests: is the shadow worse, not much worse, even better? */
final class PairedEvidence {
    private final RolloutSettings.Shadow settings;
    private PairedInferiority inferiority = new PairedInferiority();
    private PairedNonInferiority nonInferiority;
    private EProcess proof = new EProcess();
    private PairedNonInferiority superiority = new PairedNonInferiority(0);
    private EProcess better = new EProcess();
    private long pairs;
    private double candidateSum;
    private double championSum;

    PairedEvidence(RolloutSettings.Shadow settings) {
        this.settings = settings;
        this.nonInferiority = new PairedNonInferiority(settings.margin());
    }

    void pair(double candidateScore, double championScore, boolean promotes, LifeLedger life) {
        life.multiply(inferiority.factor(candidateScore, championScore));
        pairs++;
        candidateSum += candidateScore;
        championSum += championScore;
        if (promotes && pairs <= settings.mostPairs()) {
            proof.multiply(nonInferiority.factor(candidateScore, championScore));
            better.multiply(superiority.factor(candidateScore, championScore));
        }
    }

    long pairs() {
        return pairs;
    }

    double candidateAccuracy() {
        return candidateSum / pairs;
    }

    double championAccuracy() {
        return championSum / pairs;
    }

    double proof() {
        return proof.peak();
    }

    boolean passes(double alpha) {
        return pairs >= settings.leastPairs() && proof.rejects(alpha);
    }

    /** Whether it is proven to be no worse at all. */
    boolean isBetter(double alpha) {
        return better.rejects(alpha);
    }

    boolean isUndecided(double alpha) {
        return pairs >= settings.mostPairs() && !proof.rejects(alpha);
    }

    RolloutSnapshot.Paired snapshot() {
        return new RolloutSnapshot.Paired(
                inferiority.snapshot(),
                nonInferiority.snapshot(),
                proof.snapshot(),
                superiority.snapshot(),
                better.snapshot(),
                pairs,
                candidateSum,
                championSum);
    }

    static PairedEvidence restored(RolloutSettings.Shadow settings, RolloutSnapshot.Paired snapshot) {
        PairedEvidence evidence = new PairedEvidence(settings);
        evidence.inferiority = PairedInferiority.restored(snapshot.inferiority());
        evidence.nonInferiority = PairedNonInferiority.restored(settings.margin(), snapshot.nonInferiority());
        evidence.proof = EProcess.restored(snapshot.proof());
        evidence.superiority = PairedNonInferiority.restored(0, snapshot.superiority());
        evidence.better = EProcess.restored(snapshot.better());
        evidence.pairs = snapshot.pairs();
        evidence.candidateSum = snapshot.candidateSum();
        evidence.championSum = snapshot.championSum();
        return evidence;
    }
}
