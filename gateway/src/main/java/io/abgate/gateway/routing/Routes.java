package io.abgate.gateway.routing;

import io.abgate.registry.contract.NodeReport.ModelEpoch;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a process routes by: the newest table of every model, and the replicas of every version. One per process; every
 * reader sees an immutable snapshot.
 */
public final class Routes {
    private volatile Map<String, RouteTable> tables = Map.of();
    private volatile Replicas replicas = Replicas.NONE;

    /** The table in force for a model, if one has arrived. */
    public Optional<RouteTable> table(String model) {
        return Optional.ofNullable(tables.get(model));
    }

    /** Nodes that answer for a version, in no particular order. */
    public List<String> nodes(String model, RoutedVersion version) {
        return replicas.nodes(model, version);
    }

    /** Epochs of the tables in force. */
    public List<ModelEpoch> epochs() {
        return tables.values().stream()
                .map(table -> new ModelEpoch(table.model(), table.epoch()))
                .toList();
    }

    /** Takes every table that is newer than the one in force; says whether there was one. */
    public synchronized boolean offer(RouteTables offered) {
        Map<String, RouteTable> merged = new HashMap<>(tables);
        offered.tables().forEach(table -> merged.merge(table.model(), table, Routes::newer));
        boolean changed = !merged.equals(tables);
        tables = Map.copyOf(merged);
        return changed;
    }

    void replaceReplicas(Replicas now) {
        replicas = now;
    }

    private static RouteTable newer(RouteTable current, RouteTable offered) {
        return offered.epoch() > current.epoch() ? offered : current;
    }
}
