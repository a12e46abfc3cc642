package io.abgate.registry.domain;

/** How shares of live traffic come about. */
public enum RoutingMode {
    /** Fixed shares: the canary's, and the rest for the champion. */
    SPLIT,
    /** Shares follow live accuracy (discounted Thompson with a floor); a canary's share is its cap. */
    ADAPTIVE,
    /** Everything goes to the champion. */
    CHAMPION,
    /** Champion, canary and standby vote on every request, each with a weight by how right it is. */
    ENSEMBLE
}
