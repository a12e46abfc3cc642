package io.abgate.gateway.inference;

import io.abgate.gateway.health.ModelAttempts;
import io.abgate.gateway.overload.AdaptiveLimit;
import io.abgate.gateway.traffic.ModelTraffic;
import io.abgate.gateway.traffic.Tally;
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
        ModelTraffic traffic,
        AdaptiveLimit elsewhere) {
    /** A request was assigned; see {@link ModelTraffic#arrived}. */
    Tally arrived(Assignment assignment, long startNanos) {
        return traffic.arrived(
                assignment.table(),
                assignment.version(),
                !assignment.forced(),
                assignment.keyed(),
                assignment.keyHash(),
                startNanos);
    }

    /** The rows of its answer got ids of this time. */
    void issued(Assignment assignment, int rows, long timeMillis) {
        if (assignment.isEvidence()) {
            traffic.issued(assignment.version().version(), rows, timeMillis);
        }
    }

    String name() {
        return settings.name();
    }
}
