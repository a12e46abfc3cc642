package io.abgate.registry.store;

/** Sees the ledger in order of sequence numbers. */
public interface Ledger {
    /** The next entry is an event. */
    void event(StoredEvent event);

    /** The next entry is a label. */
    void label(LabelRow label);

    /** The next entry is a sample. */
    void sample(SampleRow sample);
}
