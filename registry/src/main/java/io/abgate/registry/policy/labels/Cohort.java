package io.abgate.registry.policy.labels;

import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Predictions whose ids are of a stretch of the grid, by who made them; it changes in place. */
final class Cohort {
    final long fromMillis;
    final NavigableMap<Maker, Cell> cells = new TreeMap<>();
    private long toMillis;

    Cohort(long fromMillis, long toMillis) {
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
    }

    long toMillis() {
        return toMillis;
    }

    boolean holds(long millis) {
        return fromMillis <= millis && millis < toMillis;
    }

    Cell cell(Maker maker) {
        return cells.getOrDefault(maker, Cell.NONE);
    }

    void put(Maker maker, Cell cell) {
        cells.put(maker, cell);
    }

    void forget(int version) {
        cells.keySet().removeIf(maker -> maker.version() == version);
    }

    Set<Long> processes() {
        return cells.keySet().stream().map(Maker::process).collect(Collectors.toSet());
    }

    /** What is known of one version, by whichever of these processes. */
    Cell of(int version, LongPredicate processes) {
        return cells.entrySet().stream()
                .filter(one -> one.getKey().version() == version
                        && processes.test(one.getKey().process()))
                .map(one -> one.getValue())
                .reduce(Cell.NONE, Cell::plus);
    }

    /** Takes a later one in. */
    void absorb(Cohort next) {
        next.cells.forEach((maker, cell) -> cells.merge(maker, cell, Cell::plus));
        toMillis = next.toMillis;
    }

    /** The same of these processes alone, whichever it was. */
    Cohort together(LongPredicate processes) {
        Cohort together = new Cohort(fromMillis, toMillis);
        cells.forEach((maker, cell) -> {
            if (processes.test(maker.process())) {
                together.cells.merge(maker.whoever(), cell, Cell::plus);
            }
        });
        return together;
    }

    /** The same, with nothing but the labels of processes that are none of these, whichever it was. */
    Cohort apart(LongPredicate processes) {
        Cohort apart = new Cohort(fromMillis, toMillis);
        cells.forEach((maker, cell) -> {
            if (processes.test(maker.process())) {
                apart.cells.merge(maker, cell, Cell::plus);
            } else {
                apart.cells.merge(maker.whoever(), cell.uncounted(), Cell::plus);
            }
        });
        return apart;
    }
}
