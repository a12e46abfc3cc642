package io.abgate.gateway.routing;

import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.NodeReport.Hosted;
import io.abgate.registry.domain.RoutedVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which nodes answer for which version: an immutable snapshot. */
record Replicas(Map<Hosted, List<String>> nodes) {
    static final Replicas NONE = new Replicas(Map.of());

    Replicas {
        nodes = Map.copyOf(nodes);
    }

    /** What these reports say together. */
    static Replicas of(Collection<NodeReport> reports) {
        Map<Hosted, List<String>> nodes = new HashMap<>();
        for (NodeReport report : reports) {
            report.hosted().forEach(hosted -> nodes.computeIfAbsent(hosted, absent -> new ArrayList<>())
                    .add(report.node()));
        }
        nodes.replaceAll((hosted, names) -> List.copyOf(names));
        return new Replicas(nodes);
    }

    /** A replica with other bytes under the same number is none. */
    List<String> nodes(String model, RoutedVersion version) {
        return nodes.getOrDefault(new Hosted(model, version.version(), version.sha256()), List.of());
    }
}
