package io.abgate.registry.store;

import io.abgate.registry.domain.PredictionId;

/** What names a prediction in the ledger. */
public record PredictionKey(String model, long timeMillis, long nonce) {
    /** That of an id. */
    public static PredictionKey of(String model, PredictionId id) {
        return new PredictionKey(model, id.timeMillis(), id.nonce());
    }
}
