package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Pairing.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shadow and the champion on the same labelled requests: how many each had right, and, where evidence decides, the
 * experiment that is made of them.
 */
public final class ShadowTrial {
    /** Without one answer to so many times the labels that a trial needs, it is not waited for. */
    private static final int SILENT_AFTER = 5;

    private final int candidate;
    private final int champion;
    private final int needed;
    private final Pairing matching;
    private final @Nullable Experiment evidence;
    private int pairs;
    private int candidateRight;
    private double championRight;

    /**
     * A trial.
     *
     * @param needed pairs that it takes
     * @param evidence null where they are only counted
     */
    ShadowTrial(int candidate, int champion, int needed, Pairing matching, @Nullable Experiment evidence) {
        this.candidate = candidate;
        this.champion = champion;
        this.needed = needed;
        this.matching = matching;
        this.evidence = evidence;
    }

    /**
     * One that begins: copies are only counted, but where evidence promotes.
     *
     * @param marginUsed by promotions up to the champion's
     */
    static ShadowTrial of(
            ModelState state, VersionState shadow, VersionState champion, double marginUsed, Experiment.Toss toss) {
        boolean byEvidence = isByEvidence(state);
        Experiment evidence = byEvidence ? Experiment.ofShadow(state, shadow, champion, marginUsed, toss) : null;
        Pairing matching = Pairing.ofShadow(
                shadow.number(), shadow.facts().labels(), champion.number(), byEvidence ? toss.maturityMillis() : 0);
        return new ShadowTrial(shadow.number(), champion.number(), needed(state), matching, evidence);
    }

    private static boolean isByEvidence(ModelState state) {
        return state.settings().rollout().promotion() == Promotion.EVIDENCE;
    }

    private static int needed(ModelState state) {
        return isByEvidence(state)
                ? state.settings().rollout().proof().leastPairs()
                : state.settings().rollout().labels();
    }

    /** The shadow answered a copy of a request; {@code atMillis} is the time of the ledger. */
    void answer(long timeMillis, long nonce, int version, int label, long atMillis) {
        matching.answer(timeMillis, nonce, version, label).ifPresent(pair -> pairs(List.of(pair), atMillis));
    }

    /** Labels were committed together. */
    void outcomes(List<Outcome> batch, RouteLookup routes, long atMillis) {
        List<Pair> made = new ArrayList<>();
        for (Outcome outcome : batch) {
            matching.outcome(outcome, toss(outcome, routes), isCopied(outcome, routes))
                    .ifPresent(made::add);
        }
        pairs(made, atMillis);
    }

    /** Predictions of before it was in shadow, and those that no copy was made of, say nothing of its silence. */
    private boolean isCopied(Outcome outcome, RouteLookup routes) {
        RouteTable table = routes.at(outcome.id().epoch());
        return table != null
                && outcome.id().has(PredictionId.SAMPLED)
                && table.versions().stream()
                        .anyMatch(version -> version.version() == candidate && version.stage() == Stage.SHADOW);
    }

    private long toss(Outcome outcome, RouteLookup routes) {
        return evidence == null
                ? Tosses.NONE
                : evidence.toss(routes, outcome.id().epoch());
    }

    private void pairs(List<Pair> made, long atMillis) {
        for (Pair pair : made) {
            if (evidence != null || !isDecided()) {
                pairs++;
                candidateRight += pair.versionScore() == 1 ? 1 : 0;
                championRight += pair.controlScore();
            }
        }
        if (evidence != null) {
            evidence.pairs(made, atMillis);
        }
    }

    /** Labels of the champion are no longer believed: only what comes from now on counts. */
    void restart(String salt) {
        matching.restart();
        pairs = 0;
        candidateRight = 0;
        championRight = 0;
        if (evidence != null) {
            evidence.restart(salt);
        }
    }

    /** Whether it may still be decided; what stays undecided, or silent, makes way for the next version. */
    public boolean isOpen() {
        return !isSilent() && (evidence == null || !evidence.policy().progress().isUndecided());
    }

    /** Whether it is these two that are compared. */
    boolean compares(int version, int control) {
        return candidate == version && champion == control;
    }

    ModelSnapshot.Trial snapshot() {
        return new ModelSnapshot.Trial(
                candidate,
                champion,
                matching.snapshot(),
                pairs,
                candidateRight,
                championRight,
                evidence == null ? null : evidence.snapshot());
    }

    static ShadowTrial restored(ModelState state, ModelSnapshot.Trial snapshot) {
        Pairing matching = Pairing.ofShadow(
                        snapshot.candidate(),
                        state.version(snapshot.candidate()).facts().labels(),
                        snapshot.champion(),
                        snapshot.matching().maturityMillis())
                .restored(snapshot.matching());
        ModelSnapshot.Experiment before = snapshot.evidence();
        Experiment evidence = before == null ? null : Experiment.restored(state, before);
        ShadowTrial trial =
                new ShadowTrial(snapshot.candidate(), snapshot.champion(), needed(state), matching, evidence);
        trial.pairs = snapshot.pairs();
        trial.candidateRight = snapshot.candidateRight();
        trial.championRight = snapshot.championRight();
        return trial;
    }

    /** Version on trial. */
    public int candidate() {
        return candidate;
    }

    /** The experiment, where evidence decides and not the count. */
    public Optional<Experiment> evidence() {
        return Optional.ofNullable(evidence);
    }

    /** Labelled copies so far. */
    public int pairs() {
        return pairs;
    }

    /** Labelled copies that decide, or without which evidence does not. */
    public int needed() {
        return needed;
    }

    /** How many of them the candidate had right. */
    public int candidateRight() {
        return candidateRight;
    }

    /** How many of them the champion had right. */
    public double championRight() {
        return championRight;
    }

    /** Whether there are as many pairs as it takes; where they are counted, later ones change nothing. */
    public boolean isDecided() {
        return pairs >= needed;
    }

    /**
     * Whether the candidate has answered no copy at all of many labelled requests: it cannot be loaded, or not run. That
     * says nothing of how right it is, and no part of its budget is staked on it, so it is no reason to take it back.
     */
    public boolean isSilent() {
        return !matching.isHeard() && unanswered() >= SILENT_AFTER * needed;
    }

    /** The same in words, if it is so. */
    public Optional<String> silence() {
        return Optional.of("it answered no copy of " + unanswered()
                        + " labelled requests; it makes way for a newer version")
                .filter(words -> isSilent());
    }

    /** Labelled requests that the candidate was told to answer and had not when the label came. */
    public int unanswered() {
        return matching.unanswered();
    }

    /** Whether the candidate had not fewer right than the champion. */
    public boolean candidateHolds() {
        return candidateRight >= championRight;
    }
}
