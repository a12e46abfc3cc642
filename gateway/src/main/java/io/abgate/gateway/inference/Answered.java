package io.abgate.gateway.inference;

import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RoutedVersion;
import java.util.List;

/**
 * Which version answered a request, and what.
 *
 * @param ballots of all who were asked to vote; empty where nobody was
 * @param atNanos when, by a monotonic clock
 */
record Answered(RoutedVersion version, Route route, PredictReply reply, List<Ballot> ballots, long atNanos) {
    Answered(RoutedVersion version, Route route, PredictReply reply, long atNanos) {
        this(version, route, reply, List.of(), atNanos);
    }

    /** The same after a vote that came to nothing. */
    Answered after(List<Ballot> spoilt) {
        return new Answered(version, route, reply, spoilt, atNanos);
    }
}
