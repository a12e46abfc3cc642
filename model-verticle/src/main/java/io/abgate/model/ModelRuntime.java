package io.abgate.model;

import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Tensor;

/** Predicts with one model. Keeps buffers, so it must not be shared between threads. */
public interface ModelRuntime {
    /**
     * Answers every row.
     *
     * @throws IllegalArgumentException when the tensor's datatype, shape or values do not fit the model; the message
     *     says what came and what was expected
     */
    PredictReply predict(Tensor input);
}
