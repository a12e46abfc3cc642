package io.abgate.registry.policy;

import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.ThresholdWatch.Fallen;
import io.abgate.registry.policy.Verdict.Kind;
import java.util.Map;
import java.util.Optional;

/** What the threshold rule says is to be done, where operators let it decide. */
final class ThresholdRule {
    private ThresholdRule() {}

    /** A rollback of the canary, or else of the champion if the former one answers. */
    static Optional<Verdict> rollback(ModelState state, boolean standbyAnswers) {
        ThresholdWatch watch = state.supervision().thresholds();
        return watch.fallen().stream()
                .filter(one -> isCanary(state, one.version())
                        || (standbyAnswers && state.ofStage(Stage.STANDBY).isPresent()))
                .min((one, other) -> Boolean.compare(isCanary(state, other.version()), isCanary(state, one.version())))
                .map(one -> verdict(watch, one));
    }

    private static Verdict verdict(ThresholdWatch watch, Fallen one) {
        Map<String, Object> figures = Map.of(
                "rule", "threshold",
                "accuracy", one.accuracy(),
                "before", one.before(),
                "against", one.against());
        return new Verdict(Kind.ROLL_BACK, one.version(), watch.says(one), figures);
    }

    /** Whether it lets this verdict be carried out: a canary is promoted only when its newest labels are good enough. */
    static boolean lets(ModelState state, Verdict verdict) {
        return verdict.kind() != Kind.PROMOTE
                || !state.supervision().oversight().decisions().byThreshold()
                || !isCanary(state, verdict.version())
                || state.supervision().thresholds().isContentWith(verdict.version());
    }

    private static boolean isCanary(ModelState state, int version) {
        return state.find(version).filter(one -> one.stage() == Stage.CANARY).isPresent();
    }
}
