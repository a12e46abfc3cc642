package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Awaited.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the label of a request, which one of two versions was assigned, and what the other answered to a copy of it
 * together. A pair is made by whichever comes last; what never meets its other half is forgotten.
 */
final class Pairing {
    private final Side version;
    private final Side control;
    private final boolean bothWays;
    private final Map<Request, Integer> ofVersion = new Awaited<>();
    private final Map<Request, Integer> ofControl = new Awaited<>();
    private final Map<Request, Told> outcomes = new Awaited<>();
    private int unanswered;
    private boolean heard;

    /** One of the two, with what its answers stand for. */
    private record Side(int number, List<String> labels) {
        static Side of(VersionState version) {
            return new Side(version.number(), version.facts().labels());
        }

        boolean isLabel(int label) {
            return label >= 0 && label < labels.size();
        }

        double score(int label, String truth) {
            return isLabel(label) && labels.get(label).equals(truth) ? 1 : 0;
        }
    }

    /**
     * The truth of a request, how right who was assigned it was, by which toss of the experiment its key was hashed, and
     * whether its label was asked for by lot.
     *
     * @param byVersion whether the version was assigned it, else the control
     */
    private record Told(String truth, double score, long keyHash, long toss, boolean audited, boolean byVersion) {}

    /**
     * A labelled request that both answered.
     *
     * @param keyHash of its routing key
     * @param toss of the experiment that hashed it
     * @param audited whether the label was asked for, by lot
     * @param versionScore in [0, 1], as that of the control
     */
    record Pair(
            long timeMillis,
            long nonce,
            long keyHash,
            long toss,
            boolean audited,
            double versionScore,
            double controlScore) {}

    private Pairing(Side version, Side control, boolean bothWays) {
        this.version = version;
        this.control = control;
        this.bothWays = bothWays;
    }

    /** A shadow, whose answers stand for {@code labels}, answers copies of the control's requests, and is assigned none. */
    static Pairing ofShadow(int version, List<String> labels, int control) {
        return new Pairing(new Side(version, labels), new Side(control, List.of()), false);
    }

    /** Two that are both live answer copies of each other's. */
    static Pairing ofLive(VersionState version, VersionState control) {
        return new Pairing(Side.of(version), Side.of(control), true);
    }

    /** One of the two, or another version, answered a copy of a request. */
    Optional<Pair> answer(long timeMillis, long nonce, int by, int label) {
        boolean byVersion = by == version.number;
        if (!byVersion && !(bothWays && by == control.number)) {
            return Optional.empty();
        }
        Request request = new Request(timeMillis, nonce);
        Told told = outcomes.get(request);
        if (told == null) {
            (byVersion ? ofVersion : ofControl).put(request, label);
            return Optional.empty();
        }
        if (told.byVersion == byVersion) {
            return Optional.empty(); // it was assigned the request: its score is known
        }
        outcomes.remove(request);
        return pair(request, told, label);
    }

    /**
     * A request got its label. When who was assigned it failed and another answered, it was wrong: leaving that out would
     * hide a failing version.
     *
     * @param toss of the experiment that hashed its key
     * @param copied whether the version was told to answer a copy of it
     */
    Optional<Pair> outcome(Outcome outcome, long toss, boolean copied) {
        String truth = outcome.truth();
        boolean byVersion = bothWays && outcome.id().assigned() == version.number;
        boolean ofThePair = byVersion || outcome.id().assigned() == control.number;
        if (!ofThePair || !outcome.isEvidence() || truth == null) {
            return Optional.empty();
        }
        Told told = new Told(
                truth,
                outcome.assignedScore(),
                outcome.id().keyHash(),
                toss,
                outcome.id().has(PredictionId.AUDIT),
                byVersion);
        Request request = new Request(outcome.id().timeMillis(), outcome.id().nonce());
        Integer label = (byVersion ? ofControl : ofVersion).remove(request);
        if (label == null) {
            unanswered += copied ? 1 : 0;
            outcomes.put(request, told);
            return Optional.empty();
        }
        return pair(request, told, label);
    }

    /**
     * A version that fails a copy, or gives an answer that is none of its labels, is wrong: whatever is in the ledger must
     * fold. A control that does so makes no pair, for its failure would speak for the version.
     */
    private Optional<Pair> pair(Request request, Told told, int label) {
        heard = true;
        if (told.byVersion && !control.isLabel(label)) {
            return Optional.empty();
        }
        double versionScore = told.byVersion ? told.score : version.score(label, told.truth);
        double controlScore = told.byVersion ? control.score(label, told.truth) : told.score;
        return Optional.of(new Pair(
                request.timeMillis(),
                request.nonce(),
                told.keyHash,
                told.toss,
                told.audited,
                versionScore,
                controlScore));
    }

    /** Labels are no longer believed: those that wait for an answer are forgotten. */
    void restart() {
        outcomes.clear();
        unanswered = 0;
    }

    /** Labelled requests that the version was told to answer and had not when the label came. */
    int unanswered() {
        return unanswered;
    }

    /** Whether a copy of a labelled request was ever answered. */
    boolean isHeard() {
        return heard;
    }

    ModelSnapshot.Pairs snapshot() {
        List<ModelSnapshot.Told> toldCopies = new ArrayList<>();
        outcomes.forEach((request, told) -> toldCopies.add(new ModelSnapshot.Told(
                request.timeMillis(),
                request.nonce(),
                told.truth,
                told.score,
                told.keyHash,
                told.toss,
                told.audited,
                told.byVersion)));
        return new ModelSnapshot.Pairs(copies(ofVersion), copies(ofControl), toldCopies, unanswered, heard);
    }

    private static List<ModelSnapshot.Answer> copies(Map<Request, Integer> answers) {
        return answers.entrySet().stream()
                .map(answer -> new ModelSnapshot.Answer(
                        answer.getKey().timeMillis(), answer.getKey().nonce(), answer.getValue()))
                .toList();
    }

    /** This one, still empty, with what a snapshot of it had. */
    Pairing restored(ModelSnapshot.Pairs snapshot) {
        restore(ofVersion, snapshot.ofVersion());
        restore(ofControl, snapshot.ofControl());
        snapshot.outcomes()
                .forEach(told -> outcomes.put(
                        new Request(told.timeMillis(), told.nonce()),
                        new Told(
                                told.truth(),
                                told.score(),
                                told.keyHash(),
                                told.toss(),
                                told.audited(),
                                told.byVersion())));
        unanswered = snapshot.unanswered();
        heard = snapshot.heard();
        return this;
    }

    private static void restore(Map<Request, Integer> answers, List<ModelSnapshot.Answer> copies) {
        copies.forEach(answer -> answers.put(new Request(answer.timeMillis(), answer.nonce()), answer.label()));
    }
}
