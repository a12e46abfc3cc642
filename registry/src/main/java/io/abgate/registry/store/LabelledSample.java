package io.abgate.registry.store;

import io.abgate.registry.domain.Example;
import java.time.Instant;

/**
 * An input with its label.
 *
 * @param seq from when both were in the ledger
 * @param timeMillis of the prediction
 * @param nonce of the prediction
 * @param origin where the input comes from
 * @param arrivedAt when the input was stored
 */
public record LabelledSample(
        long seq, long timeMillis, long nonce, SampleRow.Origin origin, Instant arrivedAt, Example example) {}
