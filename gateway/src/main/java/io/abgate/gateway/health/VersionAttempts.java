package io.abgate.gateway.health;

import io.abgate.registry.domain.Traffic;
import java.util.EnumMap;
import java.util.Map;

/** What one context saw of one version. For that context's thread alone. */
public final class VersionAttempts {
    private final Map<Traffic, Attempts> attempts = new EnumMap<>(Traffic.class);

    VersionAttempts() {}

    /** The attempts at one kind of traffic. */
    public Attempts at(Traffic traffic) {
        return attempts.computeIfAbsent(traffic, absent -> new Attempts());
    }

    boolean isIdle(long nowNanos, long forNanos) {
        return attempts.values().stream().allMatch(one -> one.isIdle(nowNanos, forNanos));
    }

    Map<Traffic, Recent> recent() {
        Map<Traffic, Recent> recent = new EnumMap<>(Traffic.class);
        attempts.forEach((traffic, one) -> recent.put(traffic, one.recent()));
        return recent;
    }
}
