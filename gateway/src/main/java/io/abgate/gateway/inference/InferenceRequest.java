package io.abgate.gateway.inference;

import io.abgate.registry.domain.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks.
 *
 * @param id to be echoed
 * @param key what stickiness hangs on, of the request's parameters
 * @param input at least one row, as the model takes it
 * @param outputs which outputs it wants
 */
record InferenceRequest(@Nullable String id, @Nullable String key, Tensor input, OutputSelection outputs) {}
