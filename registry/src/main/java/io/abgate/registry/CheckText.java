package io.abgate.registry;

import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Measurement.Latency;
import io.abgate.registry.evidence.Interval;
import io.abgate.registry.evidence.RobbinsInterval;
import io.abgate.registry.policy.Degradation.Finding;
import io.abgate.registry.policy.VersionState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check as people and programs read it; what is no number is null. */
final class CheckText {
    private static final double CONFIDENCE_ERROR = 0.05;

    private CheckText() {}

    static JsonObject report(
            Checks.Plan plan,
            VersionState champion,
            Measurement now,
            @Nullable Measurement baseline,
            List<Finding> findings,
            @Nullable String asks) {
        return new JsonObject()
                .put("model", plan.model())
                .put("version", plan.version())
                .put("sha256", plan.sha256())
                .put("source", "evaluation rows")
                .put("measured", measured(now))
                .put("baseline", baseline == null ? null : measured(baseline))
                .put("live", LiveText.of(champion).put("source", "live labels"))
                .put("alerts", alerts(findings))
                .put("retraining", asks);
    }

    static JsonObject measured(Measurement measurement) {
        int attempts = measurement.attempts();
        Interval interval = RobbinsInterval.of(measurement.score().right(), attempts, CONFIDENCE_ERROR);
        return new JsonObject()
                .put("attempts", attempts)
                .put("errors", measurement.errors())
                .put("right", measurement.score().right())
                .put("accuracy", number(measurement.score().accuracy()))
                .put("interval", new JsonArray().add(interval.lower()).add(interval.upper()))
                .put("balancedAccuracy", number(measurement.evaluation().balancedAccuracy()))
                .put("confidence", number(measurement.confidence()))
                .put("brier", number(measurement.brier()))
                .put("calibrationError", number(measurement.calibrationError()))
                .put("responseSeconds", seconds(measurement.latency()));
    }

    private static JsonObject seconds(Latency latency) {
        return new JsonObject()
                .put("mean", number(latency.mean()))
                .put("p50", number(latency.p50()))
                .put("p95", number(latency.p95()))
                .put("p99", number(latency.p99()))
                .put("max", number(latency.max()));
    }

    static JsonArray alerts(List<Finding> findings) {
        JsonArray alerts = new JsonArray();
        findings.forEach(finding -> alerts.add(new JsonObject()
                .put("kind", finding.kind().name())
                .put("value", number(finding.value()))
                .put("limit", finding.limit())
                .put("says", finding.says())));
        return alerts;
    }

    static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
