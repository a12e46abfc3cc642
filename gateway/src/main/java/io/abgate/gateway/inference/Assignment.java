package io.abgate.gateway.inference;

import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;

/**
 * Which version a request was given, and why.
 *
 * @param table in force
 * @param keyHash of the routing key, or random without one
 * @param forced whether it left the experiment
 */
record Assignment(RouteTable table, RoutedVersion version, Route route, long keyHash, boolean forced) {}
