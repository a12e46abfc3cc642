package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings.Start;
import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Stopping;
import io.abgate.registry.domain.Unusable;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.store.JobRow;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns an operator's wish for a retraining into a job. */
final class Trainings {
    private static final int MAX_EPOCHS = 100_000;
    private static final int MAX_SAMPLES = 100_000;

    private final Books books;
    private final Jobs jobs;

    Trainings(Books books, Jobs jobs) {
        this.books = books;
        this.jobs = jobs;
    }

    /** Orders a retraining; given samples are trained on exactly as given, from the parent's weights. */
    JobRow retrain(Operation operation) {
        Parameters parameters =
                Parameters.of(operation, "from", "samples", "epochs", "learningRate", "rollout", "reason");
        ModelState state = books.state(operation.model());
        int parent = parent(state, parameters);
        List<Example> samples = samples(parameters.list("samples"));
        Training training = state.settings().training();
        Optional.ofNullable(samples).ifPresent(given -> checkUsable(given, state.version(parent)));
        boolean byHand = samples != null || parameters.has("from");
        return jobs.order(
                state,
                operation.actor(),
                new JobSpec(
                        parent,
                        byHand || training.start() == Start.PARENT,
                        epochs(parameters, training),
                        learningRate(parameters, training),
                        samples == null ? training.batch() : 0,
                        Jobs.seed(state),
                        Long.MAX_VALUE,
                        samples,
                        parameters.flag("rollout", true),
                        false,
                        parameters.text("reason", Rollouts.BY_HAND),
                        samples == null ? training.stopping().withoutEarlyStop() : Stopping.NEVER),
                (transaction, job) -> Idempotency.keep(
                        transaction,
                        operation,
                        202,
                        new JsonObject().put("id", job.id()).encode()));
    }

    private static int parent(ModelState state, Parameters parameters) {
        int champion = state.ofStage(Stage.CHAMPION)
                .orElseThrow(() -> Failure.CONFLICT.because("retrain: the model has no champion yet"))
                .number();
        long from = parameters.whole("from", champion);
        if (from < 1 || from >= state.nextVersion()) {
            throw Failure.NOT_FOUND.because(Check.message(
                    "from", from, "a version of " + state.settings().name()));
        }
        return (int) from;
    }

    private static int epochs(Parameters parameters, Training training) {
        long epochs = parameters.whole("epochs", training.epochs());
        Parameters.check(epochs >= 1 && epochs <= MAX_EPOCHS, "epochs", epochs, "1 to " + MAX_EPOCHS);
        return (int) epochs;
    }

    private static double learningRate(Parameters parameters, Training training) {
        double rate = parameters.number("learningRate", training.learningRate());
        Parameters.check(rate > 0 && Double.isFinite(rate), "learningRate", rate, "a finite number above 0");
        return rate;
    }

    private static @Nullable List<Example> samples(@Nullable List<?> given) {
        if (given == null) {
            return null;
        }
        Parameters.check(
                !given.isEmpty() && given.size() <= MAX_SAMPLES, "samples", given.size(), "1 to " + MAX_SAMPLES);
        List<Example> samples = new ArrayList<>();
        for (Object one : given) {
            samples.add(sample(one, samples.size()));
        }
        return List.copyOf(samples);
    }

    /** One usable row is enough; how many others there were, and why, is said when the worker has read them. */
    private static void checkUsable(List<Example> samples, VersionState parent) {
        SampleCheck check =
                new SampleCheck(parent.facts().input(), parent.facts().labels());
        List<Unusable> reasons =
                samples.stream().flatMap(row -> check.unusable(row).stream()).toList();
        Parameters.check(
                reasons.size() < samples.size(),
                "samples",
                "0 usable of " + samples.size(),
                "at least 1; samples[0] has "
                        + reasons.stream().findFirst().map(Unusable::says).orElse(""));
    }

    private static Example sample(Object given, int index) {
        if (given instanceof Map<?, ?> fields
                && fields.get("input") != null
                && fields.get("truth") instanceof String truth) {
            return new Example(Json.encode(fields.get("input")), truth);
        }
        throw Parameters.refusal("samples[" + index + "]", given, "{\"input\": …, \"truth\": \"label\"}");
    }
}
