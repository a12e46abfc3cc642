package io.abgate.gateway.inference;

import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.RoutedVersion;
import org.jspecify.annotations.Nullable;

/**
 * What one member of an ensemble said, or why it said nothing.
 *
 * @param reply null when it failed
 * @param failure null when it answered
 */
record Ballot(
        RoutedVersion version,
        @Nullable PredictReply reply,
        @Nullable Throwable failure) {
    static Ballot cast(RoutedVersion version, PredictReply reply) {
        return new Ballot(version, reply, null);
    }

    static Ballot spoilt(RoutedVersion version, Throwable failure) {
        return new Ballot(version, null, failure);
    }
}
