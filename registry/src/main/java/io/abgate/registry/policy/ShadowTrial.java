package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
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
    private final Map<Request, Outcome> outcomes = new Waiting<>();
    private int pairs;
    private int unanswered;
    private int candidateRight;
    private double championRight;

    private record Request(long timeMillis, long nonce) {}

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
        Outcome outcome = outcomes.remove(request);
        if (outcome == null) {
            answers.put(request, label);
        } else {
            pair(outcome, label);
        }
    }

    /** A request got its label. Only those that the champion was assigned and answered can make a pair. */
    void outcome(Outcome outcome) {
        boolean championsOwn =
                outcome.id().assigned() == champion && outcome.id().answered() == champion;
        if (!championsOwn || !outcome.isEvidence() || outcome.truth() == null) {
            return;
        }
        Request request = new Request(outcome.id().timeMillis(), outcome.id().nonce());
        Integer label = answers.remove(request);
        if (label == null) {
            unanswered++;
            outcomes.put(request, outcome);
        } else {
            pair(outcome, label);
        }
    }

    private void pair(Outcome outcome, int label) {
        if (isDecided()) {
            return;
        }
        pairs++;
        candidateRight += isRight(label, outcome) ? 1 : 0;
        championRight += outcome.score();
    }

    /** An answer that is none of the candidate's labels is wrong: whatever is in the ledger must fold. */
    private boolean isRight(int label, Outcome outcome) {
        return label >= 0 && label < labels.size() && labels.get(label).equals(outcome.truth());
    }

    /** Whether it is these two that are compared. */
    boolean compares(int version, int control) {
        return candidate == version && champion == control;
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
        return pairs == 0 && unanswered >= SILENT_AFTER * needed;
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
