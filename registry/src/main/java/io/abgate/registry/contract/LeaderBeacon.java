package io.abgate.registry.contract;

/**
 * A registry leads.
 *
 * @param storeId of its store
 * @param node random name of its process
 * @param sinceMillis when it began to lead, in milliseconds since 1970
 */
public record LeaderBeacon(String storeId, String node, long sinceMillis) {
    /** Whether it goes before another of another store, which must give way. */
    public boolean outranks(LeaderBeacon other) {
        return sinceMillis == other.sinceMillis
                ? storeId.compareTo(other.storeId) < 0
                : sinceMillis < other.sinceMillis;
    }
}
