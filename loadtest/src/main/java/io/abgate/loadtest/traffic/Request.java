package io.abgate.loadtest.traffic;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is sent.
 *
 * @param truth the right label; null where nobody knows
 */
public record Request(Buffer body, @Nullable String truth) {}
