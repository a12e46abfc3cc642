package io.abgate.gateway.configuration;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.TrafficSettings;
import io.abgate.registry.domain.TriggerActions;
import io.abgate.registry.domain.TriggerActions.Action;

/** What a model's file says of the requests that gateways count. */
final class TrafficReader {
    private static final String NO_GUARDRAILS = "none";

    private TrafficReader() {}

    /** Where nothing is said of it, slow is what takes half of {@code deadlineMillis}. */
    static TrafficSettings read(Value rollout, int deadlineMillis) {
        return new TrafficSettings(
                rollout.at("trafficSeconds").wholeNumberOr(TrafficSettings.EVERY_SECONDS),
                guardrails(rollout.at("guardrails"), deadlineMillis),
                actions(rollout.at("actions")));
    }

    private static Guardrails guardrails(Value guardrails, int deadlineMillis) {
        if (!guardrails.isPresent()) {
            return Guardrails.within(deadlineMillis);
        }
        if (guardrails.node().isTextual()) {
            guardrails.require(guardrails.text().equals(NO_GUARDRAILS), "a mapping, or none");
            return Guardrails.NONE;
        }
        guardrails.only("errors", "slow", "slowMillis");
        return new Guardrails(
                guardrails.at("errors").numberOr(Guardrails.ERRORS),
                guardrails.at("slow").numberOr(Guardrails.SLOW),
                guardrails.at("slowMillis").wholeNumberOr(Guardrails.slowMillis(deadlineMillis)));
    }

    private static TriggerActions actions(Value actions) {
        TriggerActions otherwise = TriggerActions.DEFAULT;
        if (!actions.isPresent()) {
            return otherwise;
        }
        actions.only("accuracy", "errors", "latency");
        return new TriggerActions(
                action(actions.at("accuracy"), otherwise.accuracy()),
                action(actions.at("errors"), otherwise.errors()),
                action(actions.at("latency"), otherwise.latency()));
    }

    private static Action action(Value action, Action otherwise) {
        return action.isPresent() ? action.choice(Action.class) : otherwise;
    }
}
