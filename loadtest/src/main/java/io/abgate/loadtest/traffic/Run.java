package io.abgate.loadtest.traffic;

/**
 * What a run gave.
 *
 * @param seconds that were measured: fewer than planned when somebody stopped it
 */
public record Run(Observations observations, FeedbackCounts feedback, double seconds, boolean wasStopped) {}
