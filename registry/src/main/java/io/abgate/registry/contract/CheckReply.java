package io.abgate.registry.contract;

import io.abgate.registry.domain.Measurement;

/** How an artifact did on the rows of a {@link CheckOrder}. */
public record CheckReply(Measurement measurement) {}
