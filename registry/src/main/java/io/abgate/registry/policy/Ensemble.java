package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.policy.Awaited.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The virtual arm of champion, canary and standby that vote: how right the vote is, which is nobody's own accuracy, and
 * how right each member was alone, by the answers that were recorded of it. A recorded answer counts when both it and the
 * label are there, whichever comes last; what never meets its other half is forgotten.
 */
public final class Ensemble {
    /** In the order in which they stand in for each other. */
    static final List<Stage> MEMBERS = List.of(Stage.CHAMPION, Stage.STANDBY, Stage.CANARY);

    private final Map<Integer, List<String>> labels = new TreeMap<>();
    private final Map<Integer, Counts> alone = new TreeMap<>();
    private final Map<Request, Map<Integer, Integer>> answers = new Awaited<>();
    private final Map<Request, Told> truths = new Awaited<>();
    private Counts vote = Counts.NONE;

    /** The truth of a request, and how its key was tossed. */
    private record Told(String truth, long keyHash, long epoch) {}

    /** Stages changed: other members are another arm. */
    void follow(ModelState state) {
        Map<Integer, List<String>> now = members(state);
        if (!now.keySet().equals(labels.keySet())) {
            vote = Counts.NONE;
        }
        labels.clear();
        labels.putAll(now);
        alone.keySet().retainAll(now.keySet());
        now.keySet().forEach(version -> alone.putIfAbsent(version, Counts.NONE));
    }

    private static Map<Integer, List<String>> members(ModelState state) {
        Map<Integer, List<String>> members = new TreeMap<>();
        for (Stage stage : MEMBERS) {
            state.ofStage(stage)
                    .ifPresent(version ->
                            members.put(version.number(), version.facts().labels()));
        }
        return members;
    }

    /** The vote got a label; gives what it says of each member alone. */
    List<Outcome> outcome(Outcome outcome) {
        vote = vote.plus(outcome.assignedScore());
        String truth = outcome.truth();
        if (truth == null || !outcome.id().has(PredictionId.SAMPLED)) {
            return List.of();
        }
        Request request = new Request(outcome.id().timeMillis(), outcome.id().nonce());
        Map<Integer, Integer> known = answers.remove(request);
        Told told = new Told(truth, outcome.id().keyHash(), outcome.id().epoch());
        if (known == null) {
            truths.put(request, told);
            return List.of();
        }
        List<Outcome> own = new ArrayList<>();
        known.forEach((version, label) -> met(request, version, label, told).ifPresent(own::add));
        return own;
    }

    /** What a version answered by itself was recorded; gives what its label says, if that is there. */
    Optional<Outcome> answer(long timeMillis, long nonce, int version, int label) {
        if (!labels.containsKey(version)) {
            return Optional.empty();
        }
        Request request = new Request(timeMillis, nonce);
        Told told = truths.get(request); // kept, for the other members
        if (told == null) {
            answers.computeIfAbsent(request, unseen -> new TreeMap<>()).put(version, label);
            return Optional.empty();
        }
        return met(request, version, label, told);
    }

    private Optional<Outcome> met(Request request, int version, int label, Told told) {
        List<String> known = labels.get(version);
        if (known == null) {
            return Optional.empty(); // no member any more
        }
        boolean right = label >= 0 && label < known.size() && known.get(label).equals(told.truth);
        alone.merge(version, Counts.NONE.plus(right ? 1 : 0), (sum, one) -> sum.plus(right ? 1 : 0));
        PredictionId own = new PredictionId(
                0,
                PredictionId.SAMPLED,
                0,
                version,
                version,
                label,
                0,
                told.epoch,
                told.keyHash,
                request.timeMillis(),
                request.nonce());
        return Optional.of(new Outcome(own, told.truth, right ? 1 : 0));
    }

    /** Labels of the vote were withdrawn: nothing counts but what comes from now on. Gives the members. */
    Set<Integer> restart() {
        vote = Counts.NONE;
        truths.clear();
        alone.replaceAll((version, counts) -> Counts.NONE);
        return Set.copyOf(labels.keySet());
    }

    /** How right the vote was since its members are these. */
    public Counts vote() {
        return vote;
    }

    /** Members, with how right the recorded answers of each were alone; by number. */
    public Map<Integer, Counts> members() {
        return Map.copyOf(alone);
    }

    ModelSnapshot.Ensemble snapshot() {
        List<ModelSnapshot.MemberCounts> counts = new ArrayList<>();
        alone.forEach((version, one) -> counts.add(new ModelSnapshot.MemberCounts(version, one)));
        List<ModelSnapshot.MemberAnswer> heard = new ArrayList<>();
        answers.forEach((request, versions) -> versions.forEach((version, label) ->
                heard.add(new ModelSnapshot.MemberAnswer(request.timeMillis(), request.nonce(), version, label))));
        List<ModelSnapshot.Truth> told = new ArrayList<>();
        truths.forEach((request, truth) -> told.add(new ModelSnapshot.Truth(
                request.timeMillis(), request.nonce(), truth.truth, truth.keyHash, truth.epoch)));
        return new ModelSnapshot.Ensemble(vote, counts, heard, told);
    }

    static Ensemble restored(ModelState state, ModelSnapshot.Ensemble snapshot) {
        Ensemble ensemble = new Ensemble();
        ensemble.follow(state);
        ensemble.vote = snapshot.vote();
        snapshot.members().forEach(one -> ensemble.alone.put(one.version(), one.counts()));
        snapshot.answers().forEach(one -> ensemble.answers
                .computeIfAbsent(new Request(one.timeMillis(), one.nonce()), unseen -> new TreeMap<>())
                .put(one.version(), one.label()));
        snapshot.truths()
                .forEach(one -> ensemble.truths.put(
                        new Request(one.timeMillis(), one.nonce()), new Told(one.truth(), one.keyHash(), one.epoch())));
        return ensemble;
    }
}
