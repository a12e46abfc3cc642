package io.abgate.gateway.configuration;

import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.Stopping;

/** What a model's file may say of when trainings begin and end; each key has a default. */
final class TrainingBounds {
    private TrainingBounds() {}

    static Restraint restraint(Value training) {
        Restraint otherwise = Restraint.DEFAULT;
        Value approval = training.at("approval");
        return new Restraint(
                training.at("coolDownSeconds").wholeNumberOr(otherwise.coolDownSeconds()),
                training.at("failuresInARow").wholeNumberOr(otherwise.failuresInARow()),
                training.at("perDay").wholeNumberOr(otherwise.perDay()),
                approval.isPresent() ? approval.choice(Approval.class) : otherwise.approval());
    }

    static Stopping stopping(Value training) {
        Stopping otherwise = Stopping.DEFAULT;
        Value early = training.at("earlyStop");
        Value divergence = training.at("divergence");
        int oneIn = otherwise.oneIn();
        int patience = otherwise.patience();
        double factor = otherwise.divergence();
        int passes = otherwise.divergedPasses();
        if (early.isPresent()) {
            early.only("oneIn", "patience");
            oneIn = early.at("oneIn").wholeNumber();
            patience = early.at("patience").wholeNumber();
        }
        if (divergence.isPresent()) {
            divergence.only("factor", "passes");
            factor = divergence.at("factor").number();
            passes = divergence.at("passes").wholeNumber();
        }
        return new Stopping(oneIn, patience, factor, passes);
    }
}
