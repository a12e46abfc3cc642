package io.abgate.model;

import io.abgate.registry.domain.RouteTable;
import java.util.stream.Stream;

/** A version that a route table asks this node to host. */
record VersionKey(String model, int version, String sha256) {
    static Stream<VersionKey> of(RouteTable table) {
        return table.versions().stream().map(v -> new VersionKey(table.model(), v.version(), v.sha256()));
    }

    @Override
    public String toString() {
        return model + " version " + version;
    }
}
