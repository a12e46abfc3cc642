package io.abgate.registry.contract;

import io.abgate.registry.domain.RouteTable;
import java.util.List;

/** Current route tables. */
public record RouteTables(List<RouteTable> tables) {
    public RouteTables {
        tables = List.copyOf(tables);
    }
}
