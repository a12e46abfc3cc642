package io.abgate.registry.policy;

import io.abgate.registry.domain.RouteTable;
import org.jspecify.annotations.Nullable;

/** Knows the exact shares of past epochs. */
@FunctionalInterface
public interface RouteLookup {
    /** The table of an epoch, or null when it is not known. */
    @Nullable
    RouteTable at(long epoch);
}
