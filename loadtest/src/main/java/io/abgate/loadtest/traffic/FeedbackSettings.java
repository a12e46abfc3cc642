package io.abgate.loadtest.traffic;

import java.time.Duration;

/**
 * How truths are reported.
 *
 * @param share of the predictions with a known truth, in [0, 1]
 * @param shortest delay after an answer
 * @param longest delays are spread evenly between the two
 */
public record FeedbackSettings(double share, Duration shortest, Duration longest) {}
