package io.abgate.gateway.traffic;

import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one model on their way to the registry. One batch at a time: it is told, unchanged, until the registry knows
 * its number, while what comes meanwhile waits for the next. So none is lost with a message, and none counts twice.
 */
final class Outbox {
    private final TrafficStream stream;
    private final long process;
    private final TreeMap<Long, TreeMap<Integer, TrafficCount>> waiting = new TreeMap<>();
    private final TreeMap<Long, TreeMap<Integer, IssuedIds.Rows>> ids = new TreeMap<>();
    private long untilMillis;
    private long uncounted;
    private long lost;
    private long told;
    private @Nullable TrafficBatch underWay;

    /** An empty one of a process, as its ids name it. */
    Outbox(TrafficStream stream, long process) {
        this.stream = stream;
        this.process = process;
    }

    /** What all contexts counted, of ids up to a time. */
    void add(List<ModelTraffic.Counted> contexts, long idsUntilMillis) {
        contexts.forEach(this::add);
        untilMillis = idsUntilMillis;
    }

    private void add(ModelTraffic.Counted counted) {
        uncounted += counted.uncounted();
        lost += counted.lost();
        for (TrafficCount count : counted.counts()) {
            if (count.requests() > 0) {
                waiting.computeIfAbsent(count.epoch(), first -> new TreeMap<>())
                        .merge(count.version(), count, TrafficCount::plus);
            }
        }
        for (IssuedIds.Rows rows : counted.ids()) {
            ids.computeIfAbsent(rows.fromMillis(), first -> new TreeMap<>())
                    .merge(rows.version(), rows, IssuedIds.Rows::plus);
        }
    }

    /** What is to be told now, if anything. */
    Optional<TrafficBatch> next() {
        boolean isNews = !waiting.isEmpty() || !ids.isEmpty() || uncounted > 0 || lost > 0;
        if (underWay == null && isNews) {
            IssuedIds issued = new IssuedIds(process, untilMillis, all(ids));
            underWay = new TrafficBatch(stream, ++told, uncounted, lost, all(waiting), issued);
            waiting.clear();
            ids.clear();
            uncounted = 0;
            lost = 0;
        }
        return Optional.ofNullable(underWay);
    }

    private static <T> List<T> all(Map<Long, ? extends Map<Integer, T>> byVersion) {
        return byVersion.values().stream()
                .flatMap(versions -> versions.values().stream())
                .toList();
    }

    /** The registry knows all batches up to this number. */
    void known(long number) {
        if (underWay != null && number >= underWay.number()) {
            underWay = null;
        }
    }
}
