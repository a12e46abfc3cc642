package io.abgate.model;

/**
 * How long to wait before trying again: twice as long after every failure.
 *
 * @param firstMillis after the first failure
 * @param longestMillis never longer
 */
public record Backoff(long firstMillis, long longestMillis) {
    private static final int DOUBLINGS = 20;

    /** Milliseconds to wait after so many failures in a row, from 1. */
    public long millis(int failures) {
        return Math.min(longestMillis, firstMillis << Math.min(failures - 1, DOUBLINGS));
    }
}
