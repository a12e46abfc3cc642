package io.abgate.gateway.traffic;

import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one model on their way to the registry. One batch at a time: it is told, unchanged, until the registry knows
 * its number, while what comes meanwhile waits for the next. So none is lost with a message, and none counts twice.
 */
final class Outbox {
    private final TrafficStream stream;
    private final TreeMap<Long, TreeMap<Integer, TrafficCount>> waiting = new TreeMap<>();
    private long uncounted;
    private long lost;
    private long told;
    private @Nullable TrafficBatch underWay;

    Outbox(TrafficStream stream) {
        this.stream = stream;
    }

    void add(ModelTraffic.Counted counted) {
        uncounted += counted.uncounted();
        lost += counted.lost();
        for (TrafficCount count : counted.counts()) {
            if (count.requests() > 0) {
                waiting.computeIfAbsent(count.epoch(), first -> new TreeMap<>())
                        .merge(count.version(), count, TrafficCount::plus);
            }
        }
    }

    /** What is to be told now, if anything. */
    Optional<TrafficBatch> next() {
        boolean isNews = !waiting.isEmpty() || uncounted > 0 || lost > 0;
        if (underWay == null && isNews) {
            List<TrafficCount> counts = waiting.values().stream()
                    .flatMap(versions -> versions.values().stream())
                    .toList();
            underWay = new TrafficBatch(stream, ++told, uncounted, lost, counts);
            waiting.clear();
            uncounted = 0;
            lost = 0;
        }
        return Optional.ofNullable(underWay);
    }

    /** The registry knows all batches up to this number. */
    void known(long number) {
        if (underWay != null && number >= underWay.number()) {
            underWay = null;
        }
    }
}
