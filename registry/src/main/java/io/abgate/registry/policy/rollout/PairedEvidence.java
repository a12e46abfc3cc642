package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.PairedInferiority;
import org.jspecify.annotations.Nullable;

/** A shadow and the champion on the same labelled requests: is the shadow worse, not much worse, even better? */
final class PairedEvidence {
    /** Margins besides none for which it is tested. */
    private static final int MARGINS = 5;

    private final RolloutSettings.Shadow settings;
    private PairedInferiority inferiority = new PairedInferiority();
    private TrustedPairs proofs;
    private long pairs;
    private double candidateSum;
    private double championSum;

    PairedEvidence(RolloutSettings.Shadow settings) {
        this.settings = settings;
        this.proofs = new TrustedPairs(settings.margin(), MARGINS);
    }

    void pair(double candidateScore, double championScore, LifeLedger life) {
        life.multiply(inferiority.factor(candidateScore, championScore));
        pairs++;
        candidateSum += candidateScore;
        championSum += championScore;
        if (pairs <= settings.mostPairs()) {
            proofs.pair(candidateScore, championScore);
        }
    }

    /** The same of a request whose label was asked for by lot. */
    void auditedPair(double candidateScore, double championScore) {
        if (pairs <= settings.mostPairs()) {
            proofs.auditedPair(candidateScore, championScore);
        }
    }

    /** What labels were found to depend on: then only those that were asked for count as proof. */
    void trust(@Nullable String foundDependence) {
        proofs.trust(foundDependence);
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

    void tell(StakedLife life) {
        life.counted(candidateSum, pairs, championSum, pairs);
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
        evidence.proofs = TrustedPairs.restored(settings.margin(), MARGINS, snapshot.proofs());
        evidence.pairs = snapshot.pairs();
        evidence.candidateSum = snapshot.candidateSum();
        evidence.championSum = snapshot.championSum();
        return evidence;
    }
}
