package io.abgate.registry;

import io.abgate.registry.BufferFigures.Count;
import io.abgate.registry.BufferFigures.Refused;
import io.abgate.registry.domain.Unusable;
import io.abgate.registry.domain.XxHash64;
import io.abgate.registry.store.LabelledSample;
import io.abgate.registry.store.SampleRow.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The newest labelled rows of a model, of which each was looked at once, when it came; inputs are kept as hashes. */
final class Buffer {
    private static final int SHOWN = 10;

    private final int capacity;
    private final int heldOutOneIn;
    private final SampleCheck check;
    private final Deque<Row> rows = new ArrayDeque<>();
    private @Nullable BufferFigures figures;

    private record Row(
            long seq,
            Origin origin,
            Instant arrivedAt,
            boolean heldOut,
            @Nullable Refused refused,
            Pair pair) {
        boolean isUsable() {
            return refused == null;
        }
    }

    /** That two inputs of a buffer have one hash by chance happens once in 10^13 buffers of 1,000 rows. */
    private record Pair(long input, String truth) {}

    /**
     * An empty one.
     *
     * @param capacity rows that it holds; one more drives out the oldest
     * @param heldOutOneIn one row in so many is held out; 0 holds out none
     */
    Buffer(int capacity, int heldOutOneIn, SampleCheck check) {
        this.capacity = capacity;
        this.heldOutOneIn = heldOutOneIn;
        this.check = check;
    }

    /** Place in the ledger from which the newest row is complete; 0 without any. */
    long lastSeq() {
        return rows.isEmpty() ? 0 : rows.getLast().seq();
    }

    /** Adds rows that came later than all that are there. */
    void add(List<LabelledSample> newer) {
        for (LabelledSample sample : newer) {
            rows.addLast(row(sample));
            if (rows.size() > capacity) {
                rows.removeFirst();
            }
            figures = null;
        }
    }

    private Row row(LabelledSample sample) {
        @Nullable Unusable reason = check.unusable(sample.example()).orElse(null);
        byte[] input = sample.example().input().getBytes(StandardCharsets.UTF_8);
        return new Row(
                sample.seq(),
                sample.origin(),
                sample.arrivedAt(),
                TrainingRows.isHeldOut(sample, heldOutOneIn),
                reason == null ? null : new Refused(sample.seq(), sample.origin(), sample.example(), reason),
                new Pair(XxHash64.hash(input, 0), sample.example().truth()));
    }

    BufferFigures figures() {
        BufferFigures known = figures;
        if (known == null) {
            known = count();
            figures = known;
        }
        return known;
    }

    private BufferFigures count() {
        Map<Origin, Count> origins = new EnumMap<>(Origin.class);
        Map<Unusable, Integer> unusable = new EnumMap<>(Unusable.class);
        List<Refused> refused = new ArrayList<>();
        Set<Pair> pairs = new HashSet<>();
        Map<Long, Integer> truths = new HashMap<>(); // how many an input has
        int usable = 0;
        int heldOut = 0;
        for (Row row : rows) {
            origins.put(
                    row.origin(), origins.getOrDefault(row.origin(), Count.NONE).with(row.isUsable()));
            if (row.refused() != null) {
                unusable.merge(row.refused().reason(), 1, Integer::sum);
                refused.add(row.refused());
            } else {
                usable++;
                heldOut += row.heldOut() ? 1 : 0;
                if (pairs.add(row.pair())) {
                    truths.merge(row.pair().input(), 1, Integer::sum);
                }
            }
        }
        return new BufferFigures(
                rows.size(),
                usable,
                heldOut,
                origins,
                unusable,
                List.copyOf(refused.subList(Math.max(0, refused.size() - SHOWN), refused.size())),
                usable - pairs.size(),
                (int) truths.values().stream().filter(several -> several > 1).count(),
                rows.isEmpty() ? null : rows.getFirst().arrivedAt(),
                rows.isEmpty() ? null : rows.getLast().arrivedAt());
    }
}
