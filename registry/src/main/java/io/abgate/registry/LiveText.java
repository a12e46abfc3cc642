package io.abgate.registry;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.Interval;
import io.abgate.registry.policy.LiveMeasurement;
import io.abgate.registry.policy.VersionState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What live labels say of a version, as people and programs read it; what is no number is null. */
final class LiveText {
    private static final double CONFIDENCE_ERROR = 0.05;

    private LiveText() {}

    static JsonObject of(VersionState version) {
        Counts live = version.live();
        Interval interval = live.interval(CONFIDENCE_ERROR);
        LiveMeasurement measured = version.measured();
        return new JsonObject()
                .put("labels", live.labels())
                .put("right", live.scoreSum())
                .put("accuracy", CheckText.number(live.accuracy()))
                .put("interval", new JsonArray().add(interval.lower()).add(interval.upper()))
                .put("truths", measured.attempts())
                .put("errors", measured.errors())
                .put("balancedAccuracy", CheckText.number(measured.balancedAccuracy()))
                .put("confidence", CheckText.number(measured.confidence()))
                .put("brier", CheckText.number(measured.brier()))
                .put("calibrationError", CheckText.number(measured.calibrationError()));
    }
}
