package io.abgate.registry.policy.traffic;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.evidence.ExcessRateTest.Tally;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What requests say against one version, in its whole life. */
public final class GuardrailLife {
    private final @Nullable Guardrail errors;
    private final @Nullable Guardrail slow;

    GuardrailLife(Guardrails settings, double alpha) {
        this(
                settings.errors() > 0 ? new Guardrail(settings.errors(), alpha) : null,
                settings.slow() > 0 ? new Guardrail(settings.slow(), alpha) : null);
    }

    private GuardrailLife(@Nullable Guardrail errors, @Nullable Guardrail slow) {
        this.errors = errors;
        this.slow = slow;
    }

    void add(int place, TrafficCount fresh, TrafficCount control, double propensityNew) {
        errors().ifPresent(rail -> add(rail, place, fresh, control, TrafficCount::failed, propensityNew));
        slow().ifPresent(rail -> add(rail, place, fresh, control, TrafficCount::slow, propensityNew));
    }

    private static void add(
            Guardrail rail,
            int place,
            TrafficCount fresh,
            TrafficCount control,
            ToLongFunction<TrafficCount> bad,
            double propensityNew) {
        rail.add(
                place,
                new Tally(fresh.units(), bad.applyAsLong(fresh)),
                new Tally(control.units(), bad.applyAsLong(control)),
                propensityNew);
    }

    void newExperiment() {
        errors().ifPresent(Guardrail::newExperiment);
        slow().ifPresent(Guardrail::newExperiment);
    }

    void forgetGains() {
        errors().ifPresent(Guardrail::forgetGains);
        slow().ifPresent(Guardrail::forgetGains);
    }

    /** Requests that it did not answer, unless that guardrail is off. */
    public Optional<Guardrail> errors() {
        return Optional.ofNullable(errors);
    }

    /** Requests that took long, unless that guardrail is off. */
    public Optional<Guardrail> slow() {
        return Optional.ofNullable(slow);
    }

    TrafficSnapshot.OfLife snapshot(int version) {
        return new TrafficSnapshot.OfLife(
                version,
                errors().map(Guardrail::snapshot).orElse(null),
                slow().map(Guardrail::snapshot).orElse(null));
    }

    static GuardrailLife restored(Guardrails settings, double alpha, TrafficSnapshot.OfLife snapshot) {
        return new GuardrailLife(
                Optional.ofNullable(snapshot.errors())
                        .map(one -> Guardrail.restored(settings.errors(), alpha, one))
                        .orElse(null),
                Optional.ofNullable(snapshot.slow())
                        .map(one -> Guardrail.restored(settings.slow(), alpha, one))
                        .orElse(null));
    }
}
