package io.abgate.registry;

import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Restraint;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.Retraining;
import io.abgate.registry.policy.Retrainings;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** What a model's report says of its retrainings: what asks for one, and why there is none. */
final class TrainingReports {
    private final Books books;
    private final Buffers buffers;
    private final InstantSource clock;

    TrainingReports(Books books, Buffers buffers, InstantSource clock) {
        this.books = books;
        this.buffers = buffers;
        this.clock = clock;
    }

    /** Everything of a model's buffer. */
    JsonObject buffer(String model) {
        ModelState state = books.state(model);
        return BufferText.report(state, buffers.figures(state));
    }

    JsonObject of(ModelState state) {
        Training training = state.settings().training();
        Restraint restraint = training.restraint();
        BufferFigures figures = buffers.figures(state);
        Retrainings past = state.retrainings();
        Instant now = clock.instant();
        Optional<String> obstacle = Retraining.obstacle(state, now)
                .or(() -> Optional.ofNullable(figures.tooFew(training.minimumSamples())));
        return new JsonObject()
                .put("buffer", BufferText.summary(training, figures))
                .put("approval", restraint.approval().name().toLowerCase(Locale.ROOT))
                .put("asks", Retraining.trigger(state).orElse(null))
                .put("obstacle", obstacle.orElse(null))
                .put("held", past.held().orElse(null))
                .put(
                        "waiting",
                        past.waiting().isPresent() ? (Long) past.waiting().getAsLong() : null)
                .put("failuresInARow", past.failuresInARow())
                .put(
                        "coolsDownUntil",
                        past.coolsDownUntil(now).map(Instant::toString).orElse(null));
    }
}
