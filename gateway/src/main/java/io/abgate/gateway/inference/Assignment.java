package io.abgate.gateway.inference;

import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;

/**
 * Which version a request was given, and why.
 *
 * @param table in force
 * @param stale whether no registry has confirmed the table since this process started
 * @param keyHash of the routing key, or random without one
 * @param keyed whether there is a routing key
 * @param forced whether it left the experiment
 */
record Assignment(
        RouteTable table,
        boolean stale,
        RoutedVersion version,
        Route route,
        long keyHash,
        boolean keyed,
        boolean forced) {
    /** Whether a label of its answer counts for the version: what left the experiment, or several answered, says nothing. */
    boolean isEvidence() {
        return !forced && route != Route.ENSEMBLE;
    }

    /** Whoever names a version wants that one's answer or none. */
    boolean isPinned() {
        return route == Route.PINNED;
    }
}
