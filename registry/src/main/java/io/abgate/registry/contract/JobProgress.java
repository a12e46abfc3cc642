package io.abgate.registry.contract;

/**
 * How far a job is.
 *
 * @param epoch passes done
 * @param loss mean cross-entropy during the last of them
 */
public record JobProgress(long job, int epoch, int epochs, double loss) {}
