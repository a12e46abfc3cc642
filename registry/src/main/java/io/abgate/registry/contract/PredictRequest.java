package io.abgate.registry.contract;

import io.abgate.registry.domain.Tensor;

/** Rows to be answered by one replica of a version. */
public record PredictRequest(Tensor input) {}
