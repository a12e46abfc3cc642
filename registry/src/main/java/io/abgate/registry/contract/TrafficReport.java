package io.abgate.registry.contract;

import io.abgate.registry.domain.TrafficBatch;

/**
 * What one gateway counted of one model, told again every second until the registry knows it.
 *
 * @param last whether the gateway ends, and can tell it no later
 */
public record TrafficReport(String model, TrafficBatch batch, boolean last) {
    /** Of a gateway that goes on. */
    public TrafficReport(String model, TrafficBatch batch) {
        this(model, batch, false);
    }
}
