package io.abgate.gateway.health;

import io.abgate.registry.domain.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What one context saw of the versions of one model. For that context's thread alone. */
public final class ModelAttempts {
    private static final long KEPT_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Map<Integer, VersionAttempts> versions = new HashMap<>();
    private long rejected;

    /** Nothing yet. */
    public ModelAttempts() {}

    /** The attempts of a version. */
    public VersionAttempts version(int version) {
        return versions.computeIfAbsent(version, absent -> new VersionAttempts());
    }

    /** A request was refused for what it asked. */
    public void rejected() {
        rejected++;
    }

    /** Forgets versions that are not served any more and have not been asked for an hour. */
    public void sweep(Set<Integer> served, long nowNanos) {
        versions.entrySet()
                .removeIf(
                        one -> !served.contains(one.getKey()) && one.getValue().isIdle(nowNanos, KEPT_NANOS));
    }

    /** A copy, for any thread. */
    Copy copy() {
        Map<Integer, Map<Traffic, Recent>> recent = new HashMap<>();
        versions.forEach((version, attempts) -> recent.put(version, attempts.recent()));
        return new Copy(rejected, recent);
    }

    /** What was known at one moment. */
    record Copy(long rejected, Map<Integer, Map<Traffic, Recent>> versions) {
        static final Copy NONE = new Copy(0, Map.of());
    }
}
