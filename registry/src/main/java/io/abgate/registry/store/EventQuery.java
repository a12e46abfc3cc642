package io.abgate.registry.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events.
 *
 * @param after only those with a larger sequence number
 * @param since only those at or after this time
 * @param until only those at or before this time
 * @param model only those of this model
 * @param type only those of this type
 * @param limit how many at most
 */
public record EventQuery(
        long after,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String model,
        @Nullable String type,
        int limit) {}
