package io.abgate.gateway.routing;

import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RoutedVersion;

/** The one version that gets all live traffic of a model, outside the experiment, and why. */
public record Detour(RoutedVersion version, Route route) {}
