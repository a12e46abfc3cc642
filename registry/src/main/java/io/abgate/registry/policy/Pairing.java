package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Awaited.Request;
import io.abgate.registry.policy.rollout.Lot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the label of a request, which one of two versions was assigned, and what the other answered to a copy of it
 * together. A pair is made by whichever comes last.
 *
 * <p>What never meets its other half is forgotten: where labels count by the age of their predictions, when no label of
 * it could count any more; and where more wait than memory is there for, a part of all requests is left out, drawn by the
 * nonce. Leaving out the oldest instead would leave out those whose labels come late, and with them one kind of outcome.
 */
final class Pairing {
    private static final int MOST = 50_000;

    /** Beyond the age at which labels count: clocks differ, and answers come after their requests. */
    private static final long SLACK_MILLIS = 60_000;

    private static final int MOST_HALVINGS = 32;

    private final int assigned;
    private final int copier;
    private final List<String> labels;
    private final boolean judgesCopier;
    private final long maturityMillis;
    private final Map<Request, Integer> answers = new Awaited<>();
    private final Map<Request, Told> outcomes = new Awaited<>();
    private int halvings;
    private int unanswered;
    private boolean heard;

    /**
     * The truth of a request, how right who was assigned it was, by which toss of the experiment its key was hashed, and
     * whether its label was asked for by lot.
     */
    private record Told(String truth, double score, long keyHash, long toss, boolean audited) {}

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

    private Pairing(int assigned, int copier, List<String> labels, boolean judgesCopier, long maturityMillis) {
        this.assigned = assigned;
        this.copier = copier;
        this.labels = labels;
        this.judgesCopier = judgesCopier;
        this.maturityMillis = maturityMillis;
    }

    /** A shadow, whose answers stand for {@code labels}, answers copies of its control's requests. */
    static Pairing ofShadow(int version, List<String> labels, int control, long maturityMillis) {
        return new Pairing(control, version, labels, true, maturityMillis);
    }

    /** A version that is live is judged by its own requests: its control, whose labels these are, answers copies. */
    static Pairing ofLive(int version, int control, List<String> labels, long maturityMillis) {
        return new Pairing(version, control, labels, false, maturityMillis);
    }

    /** Some version answered a copy of a request. */
    Optional<Pair> answer(long timeMillis, long nonce, int by, int label) {
        Request request = new Request(timeMillis, nonce);
        if (by != copier || !isDrawn(request)) {
            return Optional.empty();
        }
        Told told = outcomes.remove(request);
        if (told == null) {
            answers.put(request, label);
            bound(request);
            return Optional.empty();
        }
        return pair(request, told, label);
    }

    /**
     * A request got its label. When who was assigned it failed and another answered, it was wrong: leaving that out would
     * hide a failing version.
     *
     * @param toss of the experiment that hashed its key
     * @param copied whether the other was told to answer a copy of it
     */
    Optional<Pair> outcome(Outcome outcome, long toss, boolean copied) {
        String truth = outcome.truth();
        Request request = new Request(outcome.id().timeMillis(), outcome.id().nonce());
        if (outcome.id().assigned() != assigned || !outcome.isEvidence() || truth == null || !isDrawn(request)) {
            return Optional.empty();
        }
        Told told = new Told(
                truth,
                outcome.assignedScore(),
                outcome.id().keyHash(),
                toss,
                outcome.id().has(PredictionId.AUDIT));
        Integer label = answers.remove(request);
        if (label == null) {
            unanswered += copied ? 1 : 0;
            outcomes.put(request, told);
            bound(request);
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
        boolean sound = label >= 0 && label < labels.size();
        if (!sound && !judgesCopier) {
            return Optional.empty();
        }
        double copied = sound && labels.get(label).equals(told.truth) ? 1 : 0;
        return Optional.of(new Pair(
                request.timeMillis(),
                request.nonce(),
                told.keyHash,
                told.toss,
                told.audited,
                judgesCopier ? copied : told.score,
                judgesCopier ? told.score : copied));
    }

    private void bound(Request newest) {
        if (maturityMillis == 0) {
            return; // labels count as they come, whatever their age
        }
        long oldest = newest.timeMillis() - maturityMillis - SLACK_MILLIS;
        forget(answers.keySet().iterator(), oldest);
        forget(outcomes.keySet().iterator(), oldest);
        while (Math.max(answers.size(), outcomes.size()) >= MOST && halvings < MOST_HALVINGS) {
            halvings++;
            answers.keySet().removeIf(request -> !isDrawn(request));
            outcomes.keySet().removeIf(request -> !isDrawn(request));
        }
    }

    /** They wait in the order in which they came, which is that of their requests as near as matters. */
    private static void forget(Iterator<Request> waiting, long oldest) {
        while (waiting.hasNext() && waiting.next().timeMillis() < oldest) {
            waiting.remove();
        }
    }

    private boolean isDrawn(Request request) {
        return Lot.isDrawn(request.nonce(), request.timeMillis(), halvings);
    }

    /** Labels are no longer believed: those that wait for an answer are forgotten. */
    void restart() {
        outcomes.clear();
        unanswered = 0;
    }

    /** Labelled requests that were to be answered and had not been when the label came. */
    int unanswered() {
        return unanswered;
    }

    /** Whether a copy of a labelled request was ever answered. */
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
        return new ModelSnapshot.Pairs(maturityMillis, answerCopies, toldCopies, halvings, unanswered, heard);
    }

    /** This one, still empty, with what a snapshot of it had. */
    Pairing restored(ModelSnapshot.Pairs snapshot) {
        snapshot.answers()
                .forEach(answer -> answers.put(new Request(answer.timeMillis(), answer.nonce()), answer.label()));
        snapshot.outcomes()
                .forEach(told -> outcomes.put(
                        new Request(told.timeMillis(), told.nonce()),
                        new Told(told.truth(), told.score(), told.keyHash(), told.toss(), told.audited())));
        halvings = snapshot.halvings();
        unanswered = snapshot.unanswered();
        heard = snapshot.heard();
        return this;
    }
}
