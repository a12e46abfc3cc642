package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Verdict.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whether a model is to be retrained now, and if not although a trigger asks for it, why. */
public final class Retraining {
    private Retraining() {}

    /** RETRAIN, or HOLD when from now on it is left to a person. */
    static Optional<Verdict> next(ModelState state, Instant now) {
        if (state.ofStage(Stage.CHAMPION).isEmpty()) {
            return Optional.empty();
        }
        return toBeHeld(state, now)
                .map(reason -> new Verdict(Kind.HOLD, 0, reason, Map.of()))
                .or(() -> trigger(state)
                        .filter(asked -> obstacle(state, now).isEmpty())
                        .map(reason -> verdict(state, reason)));
    }

    private static Verdict verdict(ModelState state, String reason) {
        return new Verdict(
                Kind.RETRAIN,
                0,
                reason,
                Map.of("labelsSinceTraining", state.totals().labelsSinceTraining()));
    }

    private static Optional<String> toBeHeld(ModelState state, Instant now) {
        Retrainings past = state.retrainings();
        if (state.isPaused() || past.held().isPresent()) {
            return Optional.empty(); // it is held already
        }
        return past.repeatedFailure().or(() -> trigger(state)
                .filter(asked -> obstacle(state, now).isEmpty())
                .flatMap(asked -> past.exhausted(now)));
    }

    /** What asks for a retraining, if anything does, whether or not there can be one now. */
    public static Optional<String> trigger(ModelState state) {
        return state.drop().or(() -> enoughLabels(state));
    }

    private static Optional<String> enoughLabels(ModelState state) {
        Training training = state.settings().training();
        return training.everyLabels() > 0 && state.totals().labelsSinceTraining() >= training.everyLabels()
                ? Optional.of(state.totals().labelsSinceTraining() + " new labels since the last training")
                : Optional.empty();
    }

    /** Why nothing is retrained by itself now, whatever asks for it; empty when nothing stands in the way. */
    public static Optional<String> obstacle(ModelState state, Instant now) {
        Retrainings past = state.retrainings();
        if (state.ofStage(Stage.CHAMPION).isEmpty()) {
            return Optional.of("the model has no champion yet");
        }
        if (state.isPaused()) {
            return Optional.of("automatic decisions are paused");
        }
        return past.held()
                .map(reason -> "held for a person: " + reason)
                .or(() -> past.waiting().stream()
                        .mapToObj(job -> "job " + job + " waits for approval")
                        .findFirst())
                .or(() -> underWay(state))
                .or(() -> past.coolsDownUntil(now).map(until -> "it cools down until " + until));
    }

    /** One at a time, and none while what came of the last one is on trial. */
    private static Optional<String> underWay(ModelState state) {
        return state.openJobs().stream()
                .min(Long::compare)
                .map(job -> "job " + job + " is under way")
                .or(() -> state.trial()
                        .filter(trial -> trial.isOpen())
                        .map(trial -> "version " + trial.candidate() + " is in shadow"));
    }
}
