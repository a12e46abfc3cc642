package io.abgate.gateway.configuration;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.Restraint.Approval;

/** What a model's file may say of who stands between a verdict on a version and its deed; each key has a default. */
final class OversightReader {
    private OversightReader() {}

    static Oversight read(Value rollout) {
        Oversight otherwise = Oversight.DEFAULT;
        return new Oversight(
                choice(rollout.at("mode"), otherwise.mode(), Mode.class),
                choice(rollout.at("approval"), otherwise.approval(), Approval.class),
                choice(rollout.at("decisions"), otherwise.decisions(), Deciding.class),
                threshold(rollout.at("threshold")));
    }

    private static <E extends Enum<E>> E choice(Value value, E otherwise, Class<E> type) {
        return value.isPresent() ? value.choice(type) : otherwise;
    }

    private static Threshold threshold(Value threshold) {
        Threshold otherwise = Threshold.DEFAULT;
        if (!threshold.isPresent()) {
            return otherwise;
        }
        threshold.only("drop", "labels");
        return new Threshold(
                threshold.at("drop").numberOr(otherwise.drop()),
                threshold.at("labels").wholeNumberOr(otherwise.labels()));
    }
}
