package io.abgate.registry.policy;

/** What happened to a model: the body of an event. Applying changes in order is the only way a state comes about. */
public interface Change {
    /** The event's type, for example {@code PROMOTED}. */
    String type();

    /** One plain sentence for a person. */
    String summary();

    /**
     * Makes what is known as it is after this change.
     *
     * @param seq place of the change in the ledger
     */
    void applyTo(ModelFold fold, long seq);
}
