package io.abgate.registry;

import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings.Start;
import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.JobHeld;
import io.abgate.registry.policy.JobQueued;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.store.JobRow;
import io.abgate.registry.store.JobRow.State;
import io.abgate.registry.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Orders trainings: durable first, then given to a worker, again and again until one has done it. */
final class Jobs {
    private static final String REGISTRY = "registry";

    private final Books books;
    private final InstantSource clock;
    private final Map<String, ModelDefinition> definitions;

    Jobs(Books books, List<ModelDefinition> models, InstantSource clock) {
        this.books = books;
        this.clock = clock;
        this.definitions = models.stream()
                .collect(Collectors.toMap(model -> model.settings().name(), Function.identity()));
    }

    /** Orders the first version of a model. */
    void first(ModelState state) {
        Training training = state.settings().training();
        order(
                state,
                REGISTRY,
                new JobSpec(
                        null,
                        false,
                        training.epochs(),
                        training.learningRate(),
                        training.batch(),
                        training.seed(),
                        Long.MAX_VALUE,
                        null,
                        false,
                        true,
                        "the model has no version yet",
                        training.stopping()),
                (transaction, job) -> {});
    }

    /**
     * Does what a trigger asks for: orders a retraining, or has it wait for an operator where that is said.
     *
     * @return the change that is to be committed with it
     */
    Change retrain(ModelState state, String reason, Transaction transaction, long receipt) {
        boolean held = state.settings().training().restraint().approval() != Approval.AUTOMATIC;
        JobSpec wish = retraining(state, reason);
        JobSpec spec = held ? wish : wish.at(transaction.lastSeq());
        String body = Changes.json(new JobBody(spec, null));
        JobRow row = transaction.newJob(state.settings().name(), body);
        if (held) {
            transaction.job(row.id(), State.HELD, body);
            return new JobHeld(row.id(), reason, receipt);
        }
        return new JobQueued(row.id(), spec.automatic(), spec.reason(), clock.millis(), receipt);
    }

    /** An automatic retraining of the champion as it is now. */
    private static JobSpec retraining(ModelState state, String reason) {
        Training training = state.settings().training();
        VersionState champion = state.ofStage(Stage.CHAMPION).orElseThrow();
        return new JobSpec(
                champion.number(),
                training.start() == Start.PARENT,
                training.epochs(),
                training.learningRate(),
                training.batch(),
                seed(state),
                Long.MAX_VALUE,
                null,
                true,
                true,
                reason,
                training.stopping());
    }

    /** A seed that differs from version to version and is the same everywhere. */
    static long seed(ModelState state) {
        return state.settings().training().seed() + state.nextVersion() - 1;
    }

    /**
     * Orders a job; its buffer is what the ledger holds now.
     *
     * @param also what else is written together with it
     */
    JobRow order(ModelState state, String actor, JobSpec wish, BiConsumer<Transaction, JobRow> also) {
        String model = state.settings().name();
        JobRow[] queued = new JobRow[1];
        books.commit(actor, model, transaction -> {
            JobSpec spec = wish.at(transaction.lastSeq());
            JobRow row = transaction.newJob(model, Changes.json(new JobBody(spec, null)));
            queued[0] = row;
            also.accept(transaction, row);
            return List.of(queued(row.id(), spec));
        });
        return queued[0];
    }

    /** Orders a job that waited, as if its trigger had fired now: on today's champion and buffer. */
    void approve(JobRow row, ModelState state, String actor, Consumer<Transaction> also) {
        JobSpec wish = retraining(state, JobBody.of(row).spec().reason());
        books.commit(actor, row.model(), transaction -> {
            JobSpec spec = wish.at(transaction.lastSeq());
            transaction.job(row.id(), State.QUEUED, Changes.json(new JobBody(spec, null)));
            also.accept(transaction);
            return List.of(queued(row.id(), spec));
        });
    }

    private JobQueued queued(long job, JobSpec spec) {
        return new JobQueued(job, spec.automatic(), spec.reason(), clock.millis());
    }

    private TrainingRows buffer(ModelState state, long toSeq) {
        Training training = state.settings().training();
        return TrainingRows.of(
                books.store().newestLabelled(state.settings().name(), toSeq, training.buffer()),
                training.heldOutOneIn());
    }

    /** The order that makes a worker do a job. */
    TrainOrder trainOrder(JobRow row) {
        JobSpec spec = JobBody.of(row).spec();
        ModelState state = books.state(row.model());
        TrainingRows rows = spec.isFirst() ? firstRows(state, spec) : buffer(state, spec.toSeq());
        List<Example> fixed = evaluation(row.model());
        Artifact parent = spec.parent() == null ? null : new Artifact(artifact(state.version(spec.parent())));
        return new TrainOrder(
                row.id(),
                row.model(),
                parent,
                spec.startFromParent(),
                state.settings().blueprint(),
                spec.samples() == null ? rows.train() : spec.samples(),
                fixed.isEmpty() ? rows.heldOut() : fixed,
                spec.plan(),
                state.settings().suites());
    }

    /** The first version sees every seed row that is not held out, however long the rolling buffer is. */
    private TrainingRows firstRows(ModelState state, JobSpec spec) {
        int seeds = definition(state.settings().name()).seeds().size();
        return TrainingRows.of(
                books.store().newestLabelled(state.settings().name(), spec.toSeq(), seeds),
                state.settings().training().heldOutOneIn());
    }

    /** Rows of a model's fixed evaluation set; may be empty. */
    List<Example> evaluation(String model) {
        return definition(model).evaluation();
    }

    /** Rows that a version is judged on: the fixed ones, or labels that are never trained on; may be empty. */
    List<Example> judging(ModelState state) {
        List<Example> fixed = evaluation(state.settings().name());
        return fixed.isEmpty() ? buffer(state, Long.MAX_VALUE).heldOut() : fixed;
    }

    private ModelDefinition definition(String model) {
        ModelDefinition definition = definitions.get(model);
        if (definition == null) {
            throw Failure.NOT_FOUND.because("model: " + model + " (expected: a configured model)");
        }
        return definition;
    }

    /** Bytes of a version's artifact. */
    byte[] artifact(VersionState version) {
        return books.store()
                .artifact(version.facts().sha256())
                .orElseThrow(() ->
                        new IllegalStateException("artifact " + version.facts().sha256() + " is not in the store"));
    }

    /** A worker has taken a job. */
    void running(JobRow row) {
        books.write(transaction -> {
            transaction.job(row.id(), State.RUNNING, row.body());
            return row.id();
        });
    }
}
