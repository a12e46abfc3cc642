package io.abgate.registry;

import io.abgate.registry.domain.TriggerActions;
import io.abgate.registry.domain.TriggerActions.Action;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.TrafficVerdicts;
import io.abgate.registry.policy.traffic.Guardrail;
import io.abgate.registry.policy.traffic.GuardrailLife;
import io.abgate.registry.policy.traffic.LivePair;
import io.abgate.registry.policy.traffic.Reading;
import io.abgate.registry.policy.traffic.SplitArrivals;
import io.abgate.registry.policy.traffic.TrafficSnapshot.Answered;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What requests say, as people and programs read it. */
final class TrafficText {
    private TrafficText() {}

    static JsonObject of(ModelState state) {
        return new JsonObject()
                .put("uncounted", state.traffic().uncounted())
                .put("lost", state.traffic().lost())
                .put("hold", TrafficVerdicts.hold(state).orElse(null))
                .put(
                        "comparison",
                        state.livePair()
                                .map(running -> comparison(state, running))
                                .orElse(null));
    }

    /** Requests that the split gave to a version, and the rows of their answers. */
    static JsonObject assigned(ModelState state, int version) {
        Answered answered = state.traffic().answered(version);
        return new JsonObject().put("requests", answered.requests()).put("rows", answered.rows());
    }

    private static JsonObject comparison(ModelState state, LivePair running) {
        Optional<GuardrailLife> life = state.traffic().against(running.version());
        TriggerActions actions = state.settings().rollout().traffic().actions();
        return new JsonObject()
                .put("version", running.version())
                .put("control", running.control())
                .put(
                        "split",
                        state.traffic()
                                .arrivals(running)
                                .map(TrafficText::split)
                                .orElse(null))
                .put("errors", guardrail(life.flatMap(GuardrailLife::errors), actions.errors()))
                .put("latency", guardrail(life.flatMap(GuardrailLife::slow), actions.latency()));
    }

    private static JsonObject split(SplitArrivals arrivals) {
        return reading(arrivals.nearest())
                .put("units", arrivals.ofNew())
                .put("controlUnits", arrivals.ofControl())
                .put("expected", arrivals.expectedNew())
                .put("streams", arrivals.streams())
                .put("broken", arrivals.isBroken());
    }

    private static @Nullable JsonObject guardrail(Optional<Guardrail> guardrail, Action action) {
        return guardrail
                .map(rail -> reading(rail.nearest())
                        .put("units", rail.ofNew().units())
                        .put("bad", rail.ofNew().bad())
                        .put("controlUnits", rail.ofControl().units())
                        .put("controlBad", rail.ofControl().bad())
                        .put("margin", rail.margin())
                        .put("staked", rail.staked())
                        .put("remaining", rail.remaining())
                        .put("hit", rail.isSpent())
                        .put("action", action.name().toLowerCase(Locale.ROOT)))
                .orElse(null);
    }

    private static JsonObject reading(Reading reading) {
        return new JsonObject()
                .put("eValue", reading.eValue())
                .put("peak", reading.peak())
                .put("threshold", reading.threshold());
    }
}
