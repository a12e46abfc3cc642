package io.abgate.gateway.inference;

import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RoutedVersion;

/**
 * Which version answered a request, and what.
 *
 * @param atNanos when, by a monotonic clock
 */
record Answered(RoutedVersion version, Route route, PredictReply reply, long atNanos) {}
