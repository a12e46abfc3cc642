package io.abgate.registry.policy;

import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.evidence.DiscountedThompson.ArmSnapshot;
import io.abgate.registry.evidence.VoteWeight;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How much the answer of each member weighs where they vote: by what is believed of how right each is now, which also
 * adaptive shares rest on. A member that is no better than guessing does not vote; while that is so of all, the champion
 * alone does, or the standby while the champion is being loaded.
 */
public final class EnsembleVotes {
    private static final double ALONE = 1;

    private EnsembleVotes() {}

    /**
     * What is believed of one member.
     *
     * @param labels how many it rests on, older ones counting less
     */
    public record Belief(double labels, double accuracy, double weight) {}

    /** Weights by version; none in any other mode of routing. */
    static Map<Integer, Double> of(ModelState state, Predicate<VersionState> warm) {
        Map<Integer, Double> votes = new TreeMap<>();
        if (state.mode() != RoutingMode.ENSEMBLE) {
            return votes;
        }
        List<VersionState> members = Ensemble.MEMBERS.stream()
                .flatMap(stage -> state.ofStage(stage).stream())
                .filter(warm)
                .toList();
        Map<Integer, Belief> beliefs = beliefs(state);
        for (VersionState member : members) {
            Belief belief = beliefs.get(member.number());
            if (belief != null && belief.weight() > 0) {
                votes.put(member.number(), belief.weight());
            }
        }
        if (votes.isEmpty() && !members.isEmpty()) {
            votes.put(members.get(0).number(), ALONE);
        }
        return votes;
    }

    /** What is believed of champion, canary and standby, by version. */
    public static Map<Integer, Belief> beliefs(ModelState state) {
        int labels = state.settings().labels().size();
        DiscountedThompson.Snapshot arms = state.thompson().snapshot();
        Map<Integer, Belief> beliefs = new TreeMap<>();
        for (ArmSnapshot arm : arms.arms()) {
            double right = arm.successes() / arms.weight();
            double wrong = arm.failures() / arms.weight();
            beliefs.put(
                    arm.version(),
                    new Belief(
                            right + wrong,
                            VoteWeight.accuracy(right, wrong, labels),
                            VoteWeight.of(right, wrong, labels)));
        }
        return beliefs;
    }
}
