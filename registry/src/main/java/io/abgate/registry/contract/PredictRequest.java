package io.abgate.registry.contract;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Tensor;

/**
 * Rows to be answered by one replica of a version.
 *
 * @param withinMillis how long the sender waits; counted from the arrival, as clocks of nodes differ
 */
public record PredictRequest(Tensor input, long withinMillis) {
    public PredictRequest {
        Check.that(withinMillis > 0, "withinMillis", withinMillis, "1 or more");
    }
}
