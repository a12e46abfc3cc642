package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A shadow and the champion on the same labelled requests: how many each had right. A pair is made by whichever comes
 * last, the label or the shadow's answer; what never meets its other half is forgotten.
 */
public final class ShadowTrial {
    /** Requests whose label or answer is awaited; beyond these the oldest are forgotten. */
    private static final int WAITING = 50_000;

    /** So many times the labels that a trial needs, without one answer, end it. */
    private static final int SILENT_AFTER = 5;

    private final int candidate;
    private final List<String> labels;
    private final int champion;
    private final int needed;
    private final Map<Request, Integer> answers = new Waiting<>();
    private final Map<Request, Told> outcomes = new Waiting<>();
    private int pairs;
    private int unanswered;
    private boolean heard;
    private int candidateRight;
    private double championRight;

    private record Request(long timeMillis, long nonce) {}

    /** The truth of a request, and how right the champion was. */
    private record Told(String truth, double score) {}

    private static final class Waiting<V> extends LinkedHashMap<Request, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, V> eldest) {
            return size() > WAITING;
        }
    }

    ShadowTrial(int candidate, List<String> labels, int champion, int needed) {
        this.candidate = candidate;
        this.labels = labels;
        this.champion = champion;
        this.needed = needed;
    }

    /** The shadow answered a copy of a request. */
    void answer(long timeMillis, long nonce, int version, int label) {
        Request request = new Request(timeMillis, nonce);
        if (version != candidate) {
            return;
        }
        Told told = outcomes.remove(request);
        if (told == null) {
            answers.put(request, label);
        } else {
            pair(told, label);
        }
    }

    /** A request got its label. Only those that the champion was assigned and answered can make a pair. */
    void outcome(Outcome outcome) {
        boolean championsOwn =
                outcome.id().assigned() == champion && outcome.id().answered() == champion;
        String truth = outcome.truth();
        if (!championsOwn || !outcome.isEvidence() || truth == null) {
            return;
        }
        Told told = new Told(truth, outcome.score());
        Request request = new Request(outcome.id().timeMillis(), outcome.id().nonce());
        Integer label = answers.remove(request);
        if (label == null) {
            unanswered++;
            outcomes.put(request, told);
        } else {
            pair(told, label);
        }
    }

    private void pair(Told told, int label) {
        heard = true;
        if (isDecided()) {
            return;
        }
        pairs++;
        candidateRight += isRight(label, told) ? 1 : 0;
        championRight += told.score;
    }

    /** An answer that is none of the candidate's labels is wrong: whatever is in the ledger must fold. */
    private boolean isRight(int label, Told told) {
        return label >= 0 && label < labels.size() && labels.get(label).equals(told.truth);
    }

    /** Labels of the champion were withdrawn: nothing counts but what comes from now on. */
    void restart() {
        outcomes.clear();
        pairs = 0;
        unanswered = 0;
        candidateRight = 0;
        championRight = 0;
    }

    /** Whether it is these two that are compared. */
    boolean compares(int version, int control) {
        return candidate == version && champion == control;
    }

    ModelSnapshot.Trial snapshot() {
        List<ModelSnapshot.Answer> answerCopies = new ArrayList<>();
        answers.forEach((request, label) ->
                answerCopies.add(new ModelSnapshot.Answer(request.timeMillis, request.nonce, label)));
        List<ModelSnapshot.Told> toldCopies = new ArrayList<>();
        outcomes.forEach((request, told) ->
                toldCopies.add(new ModelSnapshot.Told(request.timeMillis, request.nonce, told.truth, told.score)));
        return new ModelSnapshot.Trial(
                candidate, champion, answerCopies, toldCopies, pairs, unanswered, heard, candidateRight, championRight);
    }

    static ShadowTrial restored(ModelSnapshot.Trial snapshot, List<String> labels, int needed) {
        ShadowTrial trial = new ShadowTrial(snapshot.candidate(), labels, snapshot.champion(), needed);
        snapshot.answers()
                .forEach(answer -> trial.answers.put(new Request(answer.timeMillis(), answer.nonce()), answer.label()));
        snapshot.outcomes()
                .forEach(told -> trial.outcomes.put(
                        new Request(told.timeMillis(), told.nonce()), new Told(told.truth(), told.score())));
        trial.pairs = snapshot.pairs();
        trial.unanswered = snapshot.unanswered();
        trial.heard = snapshot.heard();
        trial.candidateRight = snapshot.candidateRight();
        trial.championRight = snapshot.championRight();
        return trial;
    }

    /** Version on trial. */
    public int candidate() {
        return candidate;
    }

    /** Labelled copies so far. */
    public int pairs() {
        return pairs;
    }

    /** Labelled copies that decide. */
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

    /** Whether there are as many pairs as it takes; later ones change nothing. */
    public boolean isDecided() {
        return pairs >= needed;
    }

    /** Whether the candidate has answered no copy at all of many labelled requests: it cannot be loaded, or not run. */
    public boolean isSilent() {
        return !heard && unanswered >= SILENT_AFTER * needed;
    }

    /** Labelled requests of which no answer of the candidate was known when the label came. */
    public int unanswered() {
        return unanswered;
    }

    /** Whether the candidate had not fewer right than the champion. */
    public boolean candidateHolds() {
        return candidateRight >= championRight;
    }
}
