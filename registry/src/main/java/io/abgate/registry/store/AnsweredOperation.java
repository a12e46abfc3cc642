package io.abgate.registry.store;

/**
 * What was answered to an operation that came with an idempotency key.
 *
 * @param fingerprint tells requests apart: SHA-256 in lower-case hexadecimal
 * @param status HTTP status
 * @param body JSON text; empty when the answer is the state of the model at the time of asking
 */
public record AnsweredOperation(String idempotencyKey, String fingerprint, int status, String body) {}
