package io.abgate.gateway.routing;

import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.RouteTable;
import org.jspecify.annotations.Nullable;

/**
 * What live traffic of a model is routed by.
 *
 * @param stale whether no registry has confirmed the table since this process started
 * @param detour where all of it goes when the shares do not hold
 * @param saltHash of the table, for the hash of a routing key
 */
public record InForce(
        RouteTable table, boolean stale, @Nullable Detour detour, long saltHash) {
    /** Of a table; hashes its salt. */
    public InForce(RouteTable table, boolean stale, @Nullable Detour detour) {
        this(table, stale, detour, Rendezvous.saltHash(table.salt()));
    }
}
