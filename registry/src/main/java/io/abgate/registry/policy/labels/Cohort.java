package io.abgate.registry.policy.labels;

import java.util.Map;
import java.util.TreeMap;

/** Predictions that were made within a time, by version; a few records of the ledger give it, so it changes in place. */
final class Cohort {
    final long fromMillis;
    final Map<Integer, Cell> cells = new TreeMap<>();
    private long toMillis;
    /** Whether its labels have been compared: what comes later is late. */
    private boolean isCompared;

    Cohort(long fromMillis, long toMillis) {
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
    }

    long toMillis() {
        return toMillis;
    }

    void close(long atMillis) {
        toMillis = atMillis;
    }

    boolean isCompared() {
        return isCompared;
    }

    void compared() {
        isCompared = true;
    }

    Cell cell(int version) {
        return cells.getOrDefault(version, Cell.NONE);
    }

    void put(int version, Cell cell) {
        cells.put(version, cell);
    }

    /** Takes the next one in. */
    void absorb(Cohort next) {
        next.cells.forEach((version, cell) -> cells.merge(version, cell, Cell::plus));
        toMillis = next.toMillis;
    }
}
