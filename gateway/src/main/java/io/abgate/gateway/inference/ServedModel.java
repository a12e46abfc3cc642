package io.abgate.gateway.inference;

import io.abgate.gateway.health.ModelAttempts;
import io.abgate.gateway.overload.AdaptiveLimit;
import io.abgate.registry.domain.ModelSettings;

/**
 * What one context keeps for one model.
 *
 * @param elsewhere how many of its requests may wait for other threads or nodes
 */
record ServedModel(
        ModelSettings settings,
        ModelMeters meters,
        ModelAttempts attempts,
        SampleBudget budget,
        SampleBuffer samples,
        AdaptiveLimit elsewhere) {
    String name() {
        return settings.name();
    }
}
