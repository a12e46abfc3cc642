package io.abgate.model.training;

import io.abgate.model.dense.Features;

/**
 * One encoded row to train on.
 *
 * @param features the row; must not change
 * @param truth index of its label
 */
public record Sample(Features features, int truth) {}
