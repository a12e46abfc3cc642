package io.abgate.registry.store;

/**
 * The state of a model at a place of the ledger.
 *
 * @param seq of the last entry that is in it
 * @param settings digest of what the state depends on besides the ledger
 * @param state JSON text; numbers to the last bit
 */
public record Checkpoint(String model, long seq, String settings, String state) {
    /** Whether this {@code CHECKPOINT} event was appended for exactly this checkpoint. */
    public boolean isCoveredBy(StoredEvent event) {
        return event.body().equals(CheckpointTable.toBody(this));
    }
}
