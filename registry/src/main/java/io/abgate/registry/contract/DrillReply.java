package io.abgate.registry.contract;

import io.abgate.registry.domain.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link DrillOrder}.
 *
 * @param copy the worse one
 * @param before of the artifact itself; null without rows
 * @param after of the copy; null without rows
 */
public record DrillReply(
        Inspection copy,
        @Nullable Measurement before,
        @Nullable Measurement after) {}
