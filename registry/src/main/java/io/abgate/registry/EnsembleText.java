package io.abgate.registry;

import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.Interval;
import io.abgate.registry.policy.EnsembleVotes;
import io.abgate.registry.policy.EnsembleVotes.Belief;
import io.abgate.registry.policy.ModelState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The vote of champion, canary and standby, as people and programs read it. */
final class EnsembleText {
    private static final double CONFIDENCE_ERROR = 0.05;

    private EnsembleText() {}

    /** Null where requests are not answered by a vote. */
    static @Nullable JsonObject of(ModelState state) {
        if (state.mode() != RoutingMode.ENSEMBLE) {
            return null;
        }
        JsonArray members = new JsonArray();
        Map<Integer, Belief> beliefs = EnsembleVotes.beliefs(state);
        new TreeMap<>(state.ensemble().members())
                .forEach((version, alone) ->
                        members.add(member(state, version, Optional.ofNullable(beliefs.get(version)), alone)));
        Counts vote = state.ensemble().vote();
        Interval interval = vote.interval(CONFIDENCE_ERROR);
        return new JsonObject()
                .put("labels", vote.labels())
                .put("right", vote.scoreSum())
                .put("accuracy", CheckText.number(vote.accuracy()))
                .put("interval", new JsonArray().add(interval.lower()).add(interval.upper()))
                .put("members", members)
                .put("says", "all requests are answered by the vote: canary and guard get no live evidence meanwhile");
    }

    private static JsonObject member(ModelState state, int version, Optional<Belief> belief, Counts alone) {
        return new JsonObject()
                .put("version", version)
                .put("vote", inForce(state, version))
                .put("weight", belief.map(Belief::weight).orElse(0.0))
                .put("belief", belief.map(Belief::accuracy).orElse(null))
                .put("beliefLabels", belief.map(Belief::labels).orElse(0.0))
                .put("answers", alone.labels())
                .put("right", alone.scoreSum());
    }

    /** The weight in the table that gateways vote by, which follows what is believed in steps. */
    private static double inForce(ModelState state, int version) {
        return state.route()
                .flatMap((RouteTable table) -> table.version(version))
                .map(RoutedVersion::vote)
                .orElse(0.0);
    }
}
