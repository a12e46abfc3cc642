package io.abgate.gateway.admin;

import io.abgate.gateway.configuration.Role;
import io.abgate.gateway.health.NodeHealth;
import io.abgate.gateway.routing.Overrides;
import io.abgate.model.HostedModels;
import io.abgate.model.routing.RouteBook;
import io.abgate.registry.keys.KeyRing;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows by itself, without a registry.
 *
 * @param name of the process
 * @param incarnation when it started, in milliseconds since 1970
 * @param overrides null without the role gateway
 * @param errorRateLimits from which on a version is degraded, of every configured model; 0 is off
 * @param health what its gateway saw of versions; null without that role
 */
public record LocalNode(
        String name,
        Set<Role> roles,
        long incarnation,
        KeyRing keys,
        RouteBook book,
        HostedModels hosted,
        @Nullable Overrides overrides,
        Map<String, Double> errorRateLimits,
        @Nullable NodeHealth health) {
    public LocalNode {
        roles = Set.copyOf(roles);
        errorRateLimits = Map.copyOf(errorRateLimits);
    }
}
