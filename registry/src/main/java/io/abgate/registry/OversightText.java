package io.abgate.registry;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.Supervision;
import io.abgate.registry.policy.Supervision.Said;
import io.abgate.registry.policy.ThresholdWatch.Fallen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands between verdicts and deeds, as people and programs read it. */
final class OversightText {
    private OversightText() {}

    static JsonObject of(ModelState state) {
        Supervision supervision = state.supervision();
        Oversight oversight = supervision.oversight();
        return new JsonObject()
                .put("mode", oversight.mode() == Mode.ACT ? "act" : "dryRun")
                .put("approval", word(oversight.approval()))
                .put("decisions", word(oversight.decisions()))
                .put(
                        "errorRate",
                        oversight.decisions().byThreshold()
                                ? null
                                : state.settings().rollout().alpha())
                .put("would", would(supervision))
                .put("waiting", supervision.waiting().map(OversightText::said).orElse(null))
                .put("threshold", threshold(state));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static JsonArray would(Supervision supervision) {
        JsonArray would = new JsonArray();
        supervision
                .dry()
                .forEach(said -> would.add(said(said).put("verdict", said.kind().name())));
        return would;
    }

    private static JsonObject said(Said said) {
        return new JsonObject().put("version", said.version()).put("reason", said.reason());
    }

    /** Null where the rule decides nothing. */
    private static @Nullable JsonObject threshold(ModelState state) {
        Supervision supervision = state.supervision();
        Oversight oversight = supervision.oversight();
        if (!oversight.decisions().byThreshold()) {
            return null;
        }
        JsonObject labels = new JsonObject();
        Stream.of(Stage.CHAMPION, Stage.CANARY)
                .flatMap(stage -> state.ofStage(stage).stream())
                .forEach(version -> labels.put(
                        String.valueOf(version.number()),
                        supervision.thresholds().labels(version.number())));
        JsonArray fallen = new JsonArray();
        supervision.thresholds().fallen().forEach(one -> fallen.add(fallen(one)));
        return new JsonObject()
                .put("drop", oversight.threshold().drop())
                .put("labels", oversight.threshold().labels())
                .put("seen", labels)
                .put("fallen", fallen);
    }

    private static JsonObject fallen(Fallen one) {
        return new JsonObject()
                .put("version", one.version())
                .put("against", one.against())
                .put("accuracy", one.accuracy())
                .put("before", one.before());
    }
}
