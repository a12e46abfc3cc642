package io.abgate.registry.policy;

import java.util.LinkedHashMap;
import java.util.Map;

/** What waits for its other half, by request; beyond a bound the oldest are forgotten. */
final class Awaited<V> extends LinkedHashMap<Awaited.Request, V> {
    private static final long serialVersionUID = 1L;

    private static final int MOST = 50_000;

    /** Which prediction it is, by the time and nonce of its id. */
    record Request(long timeMillis, long nonce) {}

    @Override
    protected boolean removeEldestEntry(Map.Entry<Request, V> eldest) {
        return size() > MOST;
    }
}
