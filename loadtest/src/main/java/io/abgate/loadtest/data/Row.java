package io.abgate.loadtest.data;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One input, and what is right for it.
 *
 * @param input a text, or a list of texts or numbers
 * @param truth the right label; null where nobody knows
 */
public record Row(JsonNode input, @Nullable String truth) {}
