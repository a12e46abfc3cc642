package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.PairedInferiority;

/** A shadow and the champion on the same labelled requests: is the shadow worse, not much worse, even better? */
final class PairedEvidence {
    /** Margins besides none for which it is tested. */
    private static final int MARGINS = 5;

    private final RolloutSettings.Shadow settings;
    private PairedInferiority inferiority = new PairedInferiority();
    private PairedProofs proofs;
    private long pairs;
    private double candidateSum;
    private double championSum;

    PairedEvidence(RolloutSettings.Shadow settings) {
        this.settings = settings;
        this.proofs = new PairedProofs(settings.margin(), MARGINS);
    }

    void pair(double candidateScore, double championScore, boolean promotes, LifeLedger life) {
        life.multiply(inferiority.factor(candidateScore, championScore));
        pairs++;
        candidateSum += candidateScore;
        championSum += championScore;
        if (promotes && pairs <= settings.mostPairs()) {
            proofs.pair(candidateScore, championScore);
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
        return proofs.proof();
    }

    /** The smallest margin that is proven; NaN while none is. */
    double proven(double alpha) {
        return proofs.proven(alpha);
    }

    boolean passes(double alpha) {
        return pairs >= settings.leastPairs() && !Double.isNaN(proven(alpha));
    }

    boolean isUndecided(double alpha) {
        return pairs >= settings.mostPairs() && Double.isNaN(proven(alpha));
    }

    RolloutSnapshot.Paired snapshot() {
        return new RolloutSnapshot.Paired(inferiority.snapshot(), proofs.snapshot(), pairs, candidateSum, championSum);
    }

    static PairedEvidence restored(RolloutSettings.Shadow settings, RolloutSnapshot.Paired snapshot) {
        PairedEvidence evidence = new PairedEvidence(settings);
        evidence.inferiority = PairedInferiority.restored(snapshot.inferiority());
        evidence.proofs = PairedProofs.restored(settings.margin(), MARGINS, snapshot.proofs());
        evidence.pairs = snapshot.pairs();
        evidence.candidateSum = snapshot.candidateSum();
        evidence.championSum = snapshot.championSum();
        return evidence;
    }
}
