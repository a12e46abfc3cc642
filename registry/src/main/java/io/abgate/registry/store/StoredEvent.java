package io.abgate.registry.store;

import java.time.Instant;

/**
 * An event of the chain.
 *
 * @param seq its place in the ledger
 * @param actor who caused it, for example {@code registry} or {@code operator}
 * @param type for example {@code PROMOTED}
 * @param model empty for an event of no model
 * @param body JSON text, an object
 */
public record StoredEvent(long seq, Instant at, String actor, String type, String model, String body) {}
