package io.abgate.registry.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream counted of one model since its batch before. All requests of a time are in it or none: which version a
 * request went to has no part in when it is told.
 *
 * @param number of the batch in its stream, from 1; the same number is the same batch
 * @param uncounted keyed requests that could be no units, as too many keys were known already
 * @param lost requests that were not over when their time was told, and are in no batch
 * @param counts by epoch, then version, in ascending order
 * @param ids that were given out; null where nobody says: not none, but unknown
 */
public record TrafficBatch(
        TrafficStream stream,
        long number,
        long uncounted,
        long lost,
        List<TrafficCount> counts,
        @Nullable IssuedIds ids) {
    public TrafficBatch {
        Check.that(number > 0, "number", number, "a number from 1");
        Check.that(uncounted >= 0 && lost >= 0, "uncounted, lost", uncounted + ", " + lost, "none below 0");
        counts = List.copyOf(counts);
    }
}
