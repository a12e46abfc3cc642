package io.abgate.registry.policy.labels;

import io.abgate.registry.domain.Check;

/**
 * How long is waited for what is told of predictions.
 *
 * @param maturityMillis after which labels count as complete, at the soonest
 * @param reachMillis after which counts of predictions are there, unless they never come
 */
public record LabelTimes(long maturityMillis, long reachMillis) {
    public LabelTimes {
        Check.that(maturityMillis >= 0, "maturityMillis", maturityMillis, "a number from 0");
        Check.that(reachMillis >= 0, "reachMillis", reachMillis, "a number from 0");
    }
}
