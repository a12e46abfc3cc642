package io.abgate.gateway.inference;

import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RoutedVersion;
import java.util.List;

/**
 * Which version answered a request, and what.
 *
 * @param ballots of all who were asked to vote; empty where nobody was
 */
record Answered(RoutedVersion version, Route route, PredictReply reply, List<Ballot> ballots) {
    Answered(RoutedVersion version, Route route, PredictReply reply) {
        this(version, route, reply, List.of());
    }

    /** The same after a vote that came to nothing. */
    Answered after(List<Ballot> spoilt) {
        return new Answered(version, route, reply, spoilt);
    }
}
