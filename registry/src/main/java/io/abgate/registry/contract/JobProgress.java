package io.abgate.registry.contract;

/**
 * How far a job is.
 *
 * @param epoch passes done
 * @param loss mean cross-entropy during the last of them
 * @param etaSeconds until the last of {@code epochs}, at the rate so far; NaN after the first
 */
public record JobProgress(long job, int epoch, int epochs, double loss, double etaSeconds) {}
