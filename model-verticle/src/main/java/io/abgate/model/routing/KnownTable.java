package io.abgate.model.routing;

import io.abgate.registry.domain.RouteTable;

/**
 * A route table as this process knows it.
 *
 * @param stale whether it comes from the copy on disk and no registry has confirmed it since the process started
 * @param confirmedNanos when a registry last said that it is in force, on the monotonic clock of this process
 */
public record KnownTable(RouteTable table, boolean stale, long confirmedNanos) {
    /** What is known of a model after a registry said this: a larger epoch replaces, an older one says nothing. */
    KnownTable after(RouteTable said, long nowNanos) {
        return said.epoch() < table.epoch()
                ? this
                : new KnownTable(said.epoch() > table.epoch() ? said : table, false, nowNanos);
    }
}
