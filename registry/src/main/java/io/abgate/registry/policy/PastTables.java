package io.abgate.registry.policy;

import io.abgate.registry.domain.RouteTable;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables that labels may still name, so that the shares by which their requests were tossed are known; the newest. */
final class PastTables implements RouteLookup {
    /** Adaptive shares move at every few labels: so many tables are the labels of hours. */
    private static final int MOST = 5_000;

    private final NavigableMap<Long, RouteTable> byEpoch = new TreeMap<>();

    void add(RouteTable table) {
        byEpoch.put(table.epoch(), table);
        if (byEpoch.size() > MOST) {
            byEpoch.pollFirstEntry();
        }
    }

    /** Forgets all but those under one of these salts: nobody asks for the others any more. */
    void keep(Set<String> salts) {
        byEpoch.values().removeIf(table -> !salts.contains(table.salt()));
    }

    void clear() {
        byEpoch.clear();
    }

    @Override
    public @Nullable RouteTable at(long epoch) {
        return byEpoch.get(epoch);
    }

    List<RouteTable> all() {
        return List.copyOf(byEpoch.values());
    }
}
