package io.abgate.gateway.routing;

import io.abgate.model.routing.KnownTable;
import io.abgate.model.routing.RouteBook;
import io.abgate.registry.contract.NodeReport.ModelEpoch;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a gateway routes by: of every model the table in force and what overrides it, and the replicas of every version.
 * One per process; every reader sees an immutable snapshot.
 */
public final class Routes {
    private final RouteBook book;
    private volatile Map<String, InForce> inForce = Map.of();
    private volatile Replicas replicas = Replicas.NONE;
    private Map<String, Integer> overridden = Map.of();

    /** Routes by the tables of this book. */
    public Routes(RouteBook book) {
        this.book = book;
        book.onChange(this::follow);
        follow();
    }

    /** The store that this process belongs to. */
    public StoreBinding binding() {
        return book.binding();
    }

    /** What is in force for a model, if a table has arrived. */
    public Optional<InForce> inForce(String model) {
        return Optional.ofNullable(inForce.get(model));
    }

    /** The table in force for a model, if one has arrived. */
    public Optional<RouteTable> table(String model) {
        return inForce(model).map(InForce::table);
    }

    /** Nodes that answer for a version, in no particular order. */
    public List<String> nodes(String model, RoutedVersion version) {
        return replicas.nodes(model, version);
    }

    /** Epochs of the tables in force that a registry has confirmed. */
    public List<ModelEpoch> epochs() {
        return inForce.values().stream()
                .filter(one -> !one.stale())
                .map(one -> new ModelEpoch(one.table().model(), one.table().epoch()))
                .toList();
    }

    void replaceReplicas(Replicas now) {
        replicas = now;
    }

    /** Says which models are overridden, and by which versions. */
    synchronized void override(Map<String, Integer> now) {
        overridden = Map.copyOf(now);
        follow();
    }

    private synchronized void follow() {
        inForce = book.tables().values().stream()
                .collect(Collectors.toUnmodifiableMap(known -> known.table().model(), this::inForce));
    }

    private InForce inForce(KnownTable known) {
        RouteTable table = known.table();
        Optional<Detour> override = Optional.ofNullable(overridden.get(table.model()))
                .flatMap(table::version)
                .map(version -> new Detour(version, Route.OVERRIDE));
        // the shares of an unconfirmed table may long be others
        Optional<Detour> untilConfirmed =
                known.stale() ? Optional.of(new Detour(table.champion(), Route.CHAMPION)) : Optional.empty();
        return new InForce(
                table, known.stale(), override.or(() -> untilConfirmed).orElse(null));
    }
}
