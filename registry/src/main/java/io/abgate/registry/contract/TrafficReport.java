package io.abgate.registry.contract;

import io.abgate.registry.domain.TrafficBatch;

/** What one gateway counted of one model, told again every second until the registry knows it. */
public record TrafficReport(String model, TrafficBatch batch) {}
