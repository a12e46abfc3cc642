package io.abgate.registry.contract;

/**
 * Up to where a registry knows what a gateway counted.
 *
 * @param number of the last batch that is in the ledger; 0 for none
 */
public record TrafficKnown(long number) {}
