package io.abgate.registry;

import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Interval;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.labels.LabelFigures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a version's labels come, as people and programs read it: lags are seconds, what is not known is null. */
final class LabellingText {
    private static final double CONFIDENCE_ERROR = 0.05;
    private static final double MILLIS_PER_SECOND = 1_000;

    private LabellingText() {}

    static JsonObject of(ModelState state, int version, long nowMillis) {
        LabelFigures figures = state.labels().figures(version, nowMillis);
        return new JsonObject()
                .put("received", figures.received())
                .put("late", figures.late())
                .put("corrected", figures.corrected())
                .put("expired", figures.expired())
                .put("predicted", figures.predicted().orElse(null))
                .put(
                        "mature",
                        figures.predicted().map(known -> figures.mature()).orElse(null))
                .put("coverage", CheckText.number(figures.coverage()))
                .put("coverageByOutcome", byOutcome(figures.coverageByOutcome()))
                .put("lag", lag(figures))
                .put("bounds", bounds(figures.bounds()))
                .put("audit", audit(state, figures.audit()))
                .put("dependence", dependence(state, version));
    }

    private static JsonObject lag(LabelFigures figures) {
        return lag(figures.lag()).put("right", lag(figures.lagRight())).put("wrong", lag(figures.lagWrong()));
    }

    private static JsonObject lag(LabelFigures.Lag lag) {
        return new JsonObject()
                .put("p50", CheckText.number(lag.p50Millis() / MILLIS_PER_SECOND))
                .put("p95", CheckText.number(lag.p95Millis() / MILLIS_PER_SECOND))
                .put("count", lag.count());
    }

    private static @Nullable JsonObject bounds(Optional<Interval> bounds) {
        return bounds.map(known -> new JsonObject().put("low", known.lower()).put("high", known.upper()))
                .orElse(null);
    }

    private static @Nullable JsonObject byOutcome(Optional<LabelFigures.ByOutcome> coverage) {
        return coverage.map(
                        known -> new JsonObject().put("right", known.right()).put("wrong", known.wrong()))
                .orElse(null);
    }

    private static JsonObject audit(ModelState state, LabelFigures.Audit audit) {
        Interval interval = audit.labelled().interval(CONFIDENCE_ERROR);
        return new JsonObject()
                .put("oneIn", state.settings().labelling().auditOneIn())
                .put("asked", audit.asked())
                .put("labelled", audit.labelled().labels())
                .put("coverage", CheckText.number(audit.coverage()))
                .put("accuracy", CheckText.number(audit.labelled().accuracy()))
                .put("interval", new JsonArray().add(interval.lower()).add(interval.upper()));
    }

    /** Beside the champion, as every comparison is; the champion beside itself depends on outcomes alone. */
    private static @Nullable String dependence(ModelState state, int version) {
        int control =
                state.ofStage(Stage.CHAMPION).map(champion -> champion.number()).orElse(version);
        return state.labels().trust(version, control).dependence().orElse(null);
    }
}
