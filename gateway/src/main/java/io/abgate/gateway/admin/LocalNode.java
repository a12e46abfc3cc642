package io.abgate.gateway.admin;

import io.abgate.gateway.configuration.Role;
import io.abgate.gateway.routing.Overrides;
import io.abgate.model.HostedModels;
import io.abgate.model.routing.RouteBook;
import io.abgate.registry.keys.KeyRing;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows by itself, without a registry.
 *
 * @param name of the process
 * @param incarnation when it started, in milliseconds since 1970
 * @param overrides null without the role gateway
 */
public record LocalNode(
        String name,
        Set<Role> roles,
        long incarnation,
        KeyRing keys,
        RouteBook book,
        HostedModels hosted,
        @Nullable Overrides overrides) {
    public LocalNode {
        roles = Set.copyOf(roles);
    }
}
