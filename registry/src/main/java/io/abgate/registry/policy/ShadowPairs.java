package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Awaited.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a shadow's answer and the label of the request that it answered a copy of together. A pair is made by whichever
 * comes last; what never meets its other half is forgotten.
 */
final class ShadowPairs {
    private final int candidate;
    private final List<String> labels;
    private final int champion;
    private final Map<Request, Integer> answers = new Awaited<>();
    private final Map<Request, Told> outcomes = new Awaited<>();
    private int unanswered;
    private boolean heard;

    /**
     * The truth of a request, how right the champion was, by which toss of the experiment its key was hashed, and whether
     * its label was asked for by lot.
     */
    private record Told(String truth, double score, long keyHash, long toss, boolean audited) {}

    /**
     * A labelled request that both answered.
     *
     * @param keyHash of its routing key
     * @param toss of the experiment that hashed it
     * @param audited whether the label was asked for, by lot
     * @param championScore in [0, 1]
     * @param shadowRight whether the shadow was right
     */
    record Pair(
            long timeMillis,
            long nonce,
            long keyHash,
            long toss,
            boolean audited,
            double championScore,
            boolean shadowRight) {
        double shadowScore() {
            return shadowRight ? 1 : 0;
        }
    }

    ShadowPairs(int candidate, List<String> labels, int champion) {
        this.candidate = candidate;
        this.labels = labels;
        this.champion = champion;
    }

    /** The shadow answered a copy of a request. */
    Optional<Pair> answer(long timeMillis, long nonce, int version, int label) {
        Request request = new Request(timeMillis, nonce);
        if (version != candidate) {
            return Optional.empty();
        }
        Told told = outcomes.remove(request);
        if (told == null) {
            answers.put(request, label);
            return Optional.empty();
        }
        return Optional.of(pair(request, told, label));
    }

    /**
     * A request got its label. Only those that the champion was assigned can make a pair; when it failed and another
     * answered, it was wrong: leaving them out would hide a failing champion.
     *
     * @param toss of the experiment that hashed its key
     * @param copied whether the shadow was told to answer a copy of it
     */
    Optional<Pair> outcome(Outcome outcome, long toss, boolean copied) {
        String truth = outcome.truth();
        if (outcome.id().assigned() != champion || !outcome.isEvidence() || truth == null) {
            return Optional.empty();
        }
        Told told = new Told(
                truth,
                outcome.assignedScore(),
                outcome.id().keyHash(),
                toss,
                outcome.id().has(PredictionId.AUDIT));
        Request request = new Request(outcome.id().timeMillis(), outcome.id().nonce());
        Integer label = answers.remove(request);
        if (label == null) {
            unanswered += copied ? 1 : 0;
            outcomes.put(request, told);
            return Optional.empty();
        }
        return Optional.of(pair(request, told, label));
    }

    private Pair pair(Request request, Told told, int label) {
        heard = true;
        // an answer that is none of the candidate's labels is wrong: whatever is in the ledger must fold
        boolean right = label >= 0 && label < labels.size() && labels.get(label).equals(told.truth);
        return new Pair(
                request.timeMillis(), request.nonce(), told.keyHash, told.toss, told.audited, told.score, right);
    }

    /** Labels are no longer believed: those that wait for an answer are forgotten. */
    void restart() {
        outcomes.clear();
        unanswered = 0;
    }

    /** Labelled requests that the candidate was told to answer and had not when the label came. */
    int unanswered() {
        return unanswered;
    }

    /** Whether the candidate ever answered a copy of a labelled request. */
    boolean isHeard() {
        return heard;
    }

    ModelSnapshot.Pairs snapshot() {
        List<ModelSnapshot.Answer> answerCopies = new ArrayList<>();
        answers.forEach((request, label) ->
                answerCopies.add(new ModelSnapshot.Answer(request.timeMillis(), request.nonce(), label)));
        List<ModelSnapshot.Told> toldCopies = new ArrayList<>();
        outcomes.forEach((request, told) -> toldCopies.add(new ModelSnapshot.Told(
                request.timeMillis(), request.nonce(), told.truth, told.score, told.keyHash, told.toss, told.audited)));
        return new ModelSnapshot.Pairs(answerCopies, toldCopies, unanswered, heard);
    }

    static ShadowPairs restored(int candidate, List<String> labels, int champion, ModelSnapshot.Pairs snapshot) {
        ShadowPairs pairs = new ShadowPairs(candidate, labels, champion);
        snapshot.answers()
                .forEach(answer -> pairs.answers.put(new Request(answer.timeMillis(), answer.nonce()), answer.label()));
        snapshot.outcomes()
                .forEach(told -> pairs.outcomes.put(
                        new Request(told.timeMillis(), told.nonce()),
                        new Told(told.truth(), told.score(), told.keyHash(), told.toss(), told.audited())));
        pairs.unanswered = snapshot.unanswered();
        pairs.heard = snapshot.heard();
        return pairs;
    }
}
