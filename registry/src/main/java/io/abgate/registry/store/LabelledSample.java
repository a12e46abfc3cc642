package io.abgate.registry.store;

import io.abgate.registry.domain.Example;

/**
 * An input with its label.
 *
 * @param seq from when both were in the ledger
 * @param timeMillis of the prediction
 * @param nonce of the prediction
 */
public record LabelledSample(long seq, long timeMillis, long nonce, Example example) {}
