package io.abgate.registry.policy;

import io.abgate.registry.policy.Degradation.Kind;

/**
 * Something that is wrong with a model, from when it was raised until it recovers.
 *
 * @param version that was champion then; 0 for none
 * @param value what was measured when it was raised, in the limit's unit; NaN where it is in {@code says} alone
 * @param limit that it exceeds; NaN where there is none
 * @param says one clause for a person
 * @param sinceMillis when it was raised
 * @param told whether anybody was told, or a cool-down held that back
 */
public record Alert(Kind kind, int version, double value, double limit, String says, long sinceMillis, boolean told) {}
