package io.abgate.registry;

import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.traffic.Guardrail;
import io.abgate.registry.policy.traffic.GuardrailLife;
import io.abgate.registry.policy.traffic.LivePair;
import io.abgate.registry.policy.traffic.SplitArrivals;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Evidence from requests alone: the highest e-value so far as a part of its threshold, so that 1 has reached it. */
public enum TrafficFigure {
    SPLIT("split"),
    ERRORS("errors"),
    LATENCY("latency");

    private final String test;

    TrafficFigure(String test) {
        this.test = test;
    }

    /** Its name, as in a model's status. */
    public String test() {
        return test;
    }

    /** Those of the running comparison. */
    static Map<TrafficFigure, Double> all(ModelState state) {
        Map<TrafficFigure, Double> figures = new EnumMap<>(TrafficFigure.class);
        for (TrafficFigure figure : values()) {
            state.livePair()
                    .flatMap(running -> figure.of(state, running))
                    .ifPresent(value -> figures.put(figure, value));
        }
        return Map.copyOf(figures);
    }

    private Optional<Double> of(ModelState state, LivePair running) {
        Optional<GuardrailLife> life = state.traffic().against(running.version());
        return switch (this) {
            case SPLIT ->
                state.traffic().arrivals(running).map(SplitArrivals::nearest).map(nearest -> nearest.part());
            case ERRORS -> life.flatMap(GuardrailLife::errors).map(TrafficFigure::part);
            case LATENCY -> life.flatMap(GuardrailLife::slow).map(TrafficFigure::part);
        };
    }

    private static double part(Guardrail guardrail) {
        return guardrail.nearest().part();
    }
}
