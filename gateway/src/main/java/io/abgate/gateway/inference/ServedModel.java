package io.abgate.gateway.inference;

import io.abgate.gateway.health.ModelAttempts;
import io.abgate.registry.domain.ModelSettings;

/** What one context keeps for one model. */
record ServedModel(
        ModelSettings settings, ModelMeters meters, ModelAttempts attempts, SampleBudget budget, SampleBuffer samples) {
    String name() {
        return settings.name();
    }
}
