package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Pairing.Pair;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.rollout.MaturedUnits;
import io.abgate.registry.policy.rollout.RolloutSettings;
import io.abgate.registry.policy.rollout.TrustedPairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A version on live traffic and its control on the same labelled requests: the control answers copies of what the version
 * is assigned. It begins as a canary beside the champion and goes on when it is champion beside the former one, and tells
 * by how much at most the version is worse, or that it is better: what its promotion uses up of the margin.
 *
 * <p>The other way round, copies that the version answers of its control's requests, would show it as it is not when it is
 * live: a version that is worse only then would seem to lose nothing.
 *
 * <p>No wealth is bet on these pairs, for their labels are units of live traffic too: a process that took both for
 * independent bets would not keep its error rate. The claims made of them have a process of their own.
 */
public final class PairedComparison {
    /** Margins besides none for which it is tested. */
    private static final int MARGINS = 15;

    private final int version;
    private final int control;
    private final double margin;
    private final Pairing pairing;
    private Tosses tosses;
    private TrustedPairs proofs;
    private long pairs;

    private PairedComparison(VersionState version, VersionState control, RolloutSettings rollout, Tosses tosses) {
        this.version = version.number();
        this.control = control.number();
        this.margin = rollout.canary().margin();
        this.pairing = Pairing.ofLive(
                version.number(), control.number(), control.facts().labels(), tosses.maturityMillis());
        this.tosses = tosses;
        this.proofs = new TrustedPairs(margin, MARGINS);
    }

    static PairedComparison of(ModelState state, VersionState version, VersionState control, Experiment.Toss toss) {
        Tosses tosses = new Tosses(version.number(), control.number(), toss.maturityMillis(), toss.salt());
        return new PairedComparison(version, control, state.rollout(), tosses);
    }

    /** A copy of a request was answered; {@code atMillis} is the time of the ledger. */
    void answer(long timeMillis, long nonce, int by, int label, long atMillis) {
        pairing.answer(timeMillis, nonce, by, label).ifPresent(pair -> add(List.of(pair), atMillis));
    }

    /** Labels were committed together. */
    void outcomes(List<Outcome> batch, RouteLookup routes, long atMillis) {
        List<Pair> made = new ArrayList<>();
        for (Outcome outcome : batch) {
            if (outcome.id().has(PredictionId.SAMPLED) || outcome.id().has(PredictionId.AUDIT)) { // else not copied
                pairing.outcome(outcome, tosses.number(routes, outcome.id().epoch()), false)
                        .ifPresent(made::add);
            }
        }
        add(made, atMillis);
    }

    private void add(List<Pair> made, long atMillis) {
        tosses.pairs(made, atMillis, sinks());
    }

    /** Time went on, by the ledger. */
    void advance(long atMillis) {
        tosses.advance(atMillis, sinks());
    }

    private Tosses.Sinks sinks() {
        MaturedUnits.Sink all = unit -> {
            pairs++;
            proofs.pair(unit.shadowScore(), unit.score());
        };
        return new Tosses.Sinks(all, all, unit -> proofs.auditedPair(unit.shadowScore(), unit.score()));
    }

    /** Keys are tossed anew: a pair takes no toss, and goes on. */
    void follow(String salt) {
        if (!tosses.salt().equals(salt)) {
            tosses.tossAnew(salt);
        }
    }

    /** Keys beyond that are as good as new. */
    void bound(int mostKeys) {
        tosses.bound(mostKeys, true);
    }

    /** Labels of one of the two are no longer believed. */
    void restart(String salt) {
        pairing.restart();
        tosses.restart(salt);
        proofs = new TrustedPairs(margin, MARGINS);
        pairs = 0;
    }

    /** Which labels may speak for the version. */
    void trust(LabelRecord labels) {
        proofs.trust(labels.trust(version, control).dependence().orElse(null));
    }

    /** Whether one of the two is among these versions. */
    boolean concerns(Set<Integer> versions) {
        return versions.contains(version) || versions.contains(control);
    }

    /** The version that is judged. */
    int version() {
        return version;
    }

    /** Whether it is these two that are compared. */
    boolean compares(int one, int other) {
        return version == one && control == other;
    }

    /** What the keys of its requests may have been hashed with. */
    Tosses collected() {
        return tosses;
    }

    /** Labelled requests, one a key, that both answered. */
    public long pairs() {
        return pairs;
    }

    /** By how much at most the version is worse: the smallest margin proven, 0 when it is better, NaN while none is. */
    public double proven(double alpha) {
        return proofs.proven(alpha);
    }

    ModelSnapshot.PairedComparison snapshot() {
        return new ModelSnapshot.PairedComparison(
                version, control, pairing.snapshot(), tosses.snapshot(), proofs.snapshot(), pairs);
    }

    static PairedComparison restored(ModelState state, ModelSnapshot.PairedComparison snapshot) {
        PairedComparison restored = new PairedComparison(
                state.version(snapshot.version()),
                state.version(snapshot.control()),
                state.rollout(),
                Tosses.restored(snapshot.version(), snapshot.control(), snapshot.tosses()));
        restored.pairing.restored(snapshot.pairing());
        restored.proofs = TrustedPairs.restored(restored.margin, MARGINS, snapshot.proofs());
        restored.pairs = snapshot.pairs();
        return restored;
    }
}
