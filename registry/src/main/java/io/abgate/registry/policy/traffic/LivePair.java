package io.abgate.registry.policy.traffic;

import io.abgate.registry.domain.RouteTable;

/**
 * Two versions that are compared on live traffic.
 *
 * @param salt by which keys are tossed
 * @param version the new one
 * @param control what it is compared with
 */
public record LivePair(String salt, int version, int control) {
    /** Whether the same two are compared, however keys are tossed. */
    boolean isOfTheSame(LivePair other) {
        return version == other.version && control == other.control;
    }

    /** Whether tosses under this table are tosses of this experiment. */
    boolean tosses(RouteTable table) {
        return table.salt().equals(salt);
    }

    /** The new version's share of the two; 0 or 1, or no number, when there is nothing to toss. */
    double propensityNew(RouteTable table) {
        return table.share(version) / (table.share(version) + table.share(control));
    }
}
