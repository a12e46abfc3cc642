package io.abgate.registry.policy;

import io.abgate.registry.domain.RouteTable;
import java.util.stream.Collectors;

/**
 * Shares of live traffic changed.
 *
 * @param table the new ones; its epoch is this change's place in the ledger
 */
public record RoutePublished(RouteTable table) implements Change {
    @Override
    public String type() {
        return "ROUTE";
    }

    @Override
    public String summary() {
        return table.versions().stream()
                .map(v -> "version " + v.version() + " " + Math.round(v.share() * 1000) / 10.0 + " %")
                .collect(Collectors.joining(", ", "Shares: ", "."));
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.route(inForce(seq));
    }

    /** The table as gateways get it, with its epoch. */
    public RouteTable inForce(long seq) {
        return new RouteTable(
                table.model(), table.modelId(), seq, table.mode(), table.salt(), table.versions(), table.newest());
    }
}
