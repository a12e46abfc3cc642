package io.abgate.registry.policy;

import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import java.util.List;

/**
 * Gateways told what requests they had counted.
 *
 * @param atMillis when it was written
 * @param batches in the order in which they were heard
 */
public record TrafficCounted(long atMillis, List<TrafficBatch> batches) implements Change {
    /** Type of its events. */
    public static final String TYPE = "TRAFFIC";

    public TrafficCounted {
        batches = List.copyOf(batches);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        List<TrafficCount> counts =
                batches.stream().flatMap(batch -> batch.counts().stream()).toList();
        return counts.stream().mapToLong(TrafficCount::requests).sum() + " requests were counted, of which "
                + counts.stream().mapToLong(TrafficCount::units).sum() + " count for comparisons.";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.traffic(batches, atMillis);
    }
}
