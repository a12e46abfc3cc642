package io.abgate.registry.store;

/**
 * Labels of a model that count, withdrawn or not.
 *
 * @param first place in the ledger of the first, 0 when there is none
 * @param last place of the last
 */
public record LabelSpan(long first, long last, long count) {}
