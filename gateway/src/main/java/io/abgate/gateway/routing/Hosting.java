package io.abgate.gateway.routing;

import io.abgate.model.HostedModels;
import io.abgate.model.HostedModels.Entry;
import io.abgate.registry.domain.RoutedVersion;
import java.util.Optional;

/** Where versions answer. What has other bytes than the route table names is another version. */
public record Hosting(HostedModels hosted, Routes routes) {
    /** A version, if it answers in this process. */
    public Optional<Entry> here(String model, RoutedVersion version) {
        return hosted.find(model, version.version())
                .filter(entry -> entry.model().sha256().equals(version.sha256()));
    }

    /** Whether a version answers on any node. */
    public boolean anywhere(String model, RoutedVersion version) {
        return here(model, version).isPresent() || !routes.nodes(model, version).isEmpty();
    }
}
