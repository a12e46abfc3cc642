package io.abgate.registry;

import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.Experiment;
import io.abgate.registry.policy.ModelState;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** A champion's guard as people and programs read it. */
final class GuardText {
    private GuardText() {}

    /** Scores are sums over units; {@code staked} and {@code remaining} are parts of the false-rollback probability. */
    static JsonObject of(ModelState state, Experiment guard) {
        LifeLedger life = state.version(guard.version()).life();
        double alpha = state.settings().rollout().alpha();
        return new JsonObject()
                .put("version", guard.version())
                .put("control", guard.control())
                .put(
                        "share",
                        state.route().map(table -> table.share(guard.control())).orElse(0.0))
                .put("phase", guard.policy().phase().name().toLowerCase(Locale.ROOT))
                .put("suspended", guard.isSuspended())
                .put("units", guard.units().labels())
                .put("score", guard.units().scoreSum())
                .put("controlUnits", guard.controlUnits().labels())
                .put("controlScore", guard.controlUnits().scoreSum())
                .put("difference", DifferenceText.of(guard.policy().live().difference()))
                .put("g", life.g())
                .put("threshold", life.threshold())
                .put("staked", alpha * (1 - life.u()))
                .put("remaining", Math.min(1, alpha * (life.g() + life.u())))
                .put("alarms", guard.policy().life().alarms())
                .put("says", guard.advice().reason());
    }
}
