package io.abgate.registry.domain;

import java.util.List;

/**
 * Rows that one process gave prediction ids for, by the time in the id: those that the split alone gave to a version, as
 * labels of those alone count for it.
 *
 * @param process as its ids name it, see {@link PredictionId#process()}
 * @param untilMillis of the grid: with the batches before, all ids of an earlier time are in it, unless the clock of the
 *     process was set back
 * @param rows by time, then version, in ascending order
 */
public record IssuedIds(long process, long untilMillis, List<Rows> rows) {
    /** Width of the grid of times, which begins in 1970. */
    public static final long GRID_MILLIS = 10_000;

    public IssuedIds {
        Check.that(process >= 0 && process >>> Integer.SIZE == 0, "process", process, "32 bits");
        Check.that(isOnGrid(untilMillis), "untilMillis", untilMillis, "a multiple of " + GRID_MILLIS);
        rows = List.copyOf(rows);
    }

    /**
     * Rows of one version.
     *
     * @param fromMillis where their place on the grid begins
     * @param version that they were assigned to
     */
    public record Rows(long fromMillis, int version, long rows) {
        public Rows {
            Check.that(isOnGrid(fromMillis), "fromMillis", fromMillis, "a multiple of " + GRID_MILLIS);
            Check.that(rows >= 0, "rows", rows, "a number from 0");
        }

        /** Both together, of the same time and version. */
        public Rows plus(Rows more) {
            return new Rows(fromMillis, version, rows + more.rows);
        }
    }

    /** Where the place of a time on the grid begins. */
    public static long gridMillis(long millis) {
        return Math.floorDiv(millis, GRID_MILLIS) * GRID_MILLIS;
    }

    private static boolean isOnGrid(long millis) {
        return Math.floorMod(millis, GRID_MILLIS) == 0;
    }
}
