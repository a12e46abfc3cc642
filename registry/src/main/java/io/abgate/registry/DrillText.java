package io.abgate.registry;

import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.DrillBegan;
import io.abgate.registry.policy.Fall;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.VersionState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** A drill as people and programs read it. */
final class DrillText {
    private DrillText() {}

    /** One that has just begun, with what was measured; {@code sha256} and {@code stage} are the copy's. */
    static JsonObject report(ModelState state, DrillBegan begun, String sha256, Stage stage) {
        Measurement before = begun.before();
        Measurement after = begun.after();
        return running(begun)
                .put("model", state.settings().name())
                .put("sha256", sha256)
                .put("ofSha256", state.version(begun.of()).facts().sha256())
                .put("stage", stage.name())
                .put("measured", after == null ? null : CheckText.measured(after))
                .put("baseline", before == null ? null : CheckText.measured(before))
                .put("deltas", before == null || after == null ? null : deltas(before, after))
                .put("alerts", CheckText.alerts(begun.findings()))
                .put("retraining", begun.asks());
    }

    /** One that is under way. */
    static JsonObject running(DrillBegan begun) {
        return new JsonObject()
                .put("version", begun.version())
                .put("of", begun.of())
                .put("scale", begun.scale())
                .put("seed", begun.seed())
                .put("share", begun.share())
                .put("reason", begun.reason())
                .put(
                        "until",
                        begun.share() > 0
                                ? Instant.ofEpochMilli(begun.untilMillis()).toString()
                                : null);
    }

    /** By how much the copy is above what it is held against. */
    private static JsonObject deltas(Measurement before, Measurement after) {
        return new JsonObject()
                .put(
                        "accuracy",
                        Fall.between(before.score(), after.score()).negated().amount())
                .put("confidence", CheckText.number(after.confidence() - before.confidence()))
                .put(
                        "responseSeconds",
                        CheckText.number(
                                after.latency().mean() - before.latency().mean()));
    }

    /** Labels that count for versions of drills. */
    static long labels(ModelState state) {
        return state.versions().stream()
                .filter(VersionState::isDrill)
                .mapToLong(version -> version.live().labels())
                .sum();
    }
}
