package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.policy.rollout.LabelledRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Labels as rows of one experiment: who was assigned, with what propensity, under its salt. */
record UnitRows(int version, int control, String salt) {
    /** Labels of live traffic that went through the split. */
    List<LabelledRow> live(List<Outcome> batch, RouteLookup routes) {
        return batch.stream()
                .filter(Outcome::isEvidence)
                .map(outcome -> row(outcome, own(routes, outcome.id().epoch())))
                .toList();
    }

    /** The table of an epoch, if keys were tossed with this salt then. */
    @Nullable
    RouteTable own(RouteLookup routes, long epoch) {
        RouteTable table = routes.at(epoch);
        return table != null && table.salt().equals(salt) ? table : null;
    }

    /** One that was tossed by another salt, or by none that is known, is no unit, but a label of its version. */
    private LabelledRow row(Outcome outcome, @Nullable RouteTable table) {
        int assigned = outcome.id().assigned();
        boolean ofThePair = assigned == version || assigned == control;
        return LabelledRow.live(
                outcome.id().timeMillis(),
                outcome.id().nonce(),
                outcome.id().keyHash(),
                assigned,
                table == null ? 0 : table.share(assigned),
                table == null || !ofThePair ? 0 : propensity(table),
                outcome.assignedScore(),
                outcome.id().has(PredictionId.AUDIT));
    }

    /** Share of the version of the two's. */
    private double propensity(RouteTable table) {
        double pair = table.share(version) + table.share(control);
        return pair > 0 ? table.share(version) / pair : 0;
    }

    /** Requests that one of the two was assigned and the other answered copies of. */
    List<LabelledRow> pairs(List<Pairing.Pair> pairs) {
        return pairs.stream()
                .map(pair -> LabelledRow.pair(
                        pair.timeMillis(),
                        pair.nonce(),
                        pair.keyHash(),
                        control,
                        pair.controlScore(),
                        pair.versionScore(),
                        pair.audited()))
                .toList();
    }
}
