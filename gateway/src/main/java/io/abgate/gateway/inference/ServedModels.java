package io.abgate.gateway.inference;

import io.abgate.gateway.routing.InForce;
import io.abgate.gateway.routing.Routes;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The models of one context, by name, and their tables. */
final class ServedModels {
    private final Map<String, ServedModel> models = new TreeMap<>();
    private final Routes routes;

    ServedModels(Collection<ServedModel> models, Routes routes) {
        models.forEach(model -> this.models.put(model.name(), model));
        this.routes = routes;
    }

    /** Refuses, as not found, a name that no configured model has. */
    ServedModel find(String name) {
        ServedModel model = models.get(name);
        if (model == null) {
            throw Failure.NOT_FOUND.because(Check.message("model", name, "one of " + models.keySet()));
        }
        return model;
    }

    /** Refuses, as unavailable, a model of which the registry has not yet said who answers. */
    InForce inForce(ServedModel model) {
        return routes.inForce(model.name())
                .orElseThrow(() -> Failure.UNAVAILABLE.because(
                        Check.message("model", model.name(), "a route table of the registry; try again shortly")));
    }

    /** The table in force; refuses as above. */
    RouteTable table(ServedModel model) {
        return inForce(model).table();
    }

    /** Forgets how versions answered that are long gone. */
    void sweep(long nowNanos) {
        for (ServedModel model : models.values()) {
            Set<Integer> served = served(model);
            model.attempts().sweep(served, nowNanos);
            model.meters().sweep(served, nowNanos);
        }
    }

    private Set<Integer> served(ServedModel model) {
        return routes.table(model.name()).map(RouteTable::versions).orElse(List.of()).stream()
                .map(RoutedVersion::version)
                .collect(Collectors.toSet());
    }

    Collection<ServedModel> all() {
        return models.values();
    }
}
