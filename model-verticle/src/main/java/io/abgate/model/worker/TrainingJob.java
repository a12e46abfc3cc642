package io.abgate.model.worker;

import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.model.dense.Blueprint;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.evaluation.Evaluator;
import io.abgate.model.evaluation.SuiteRunner;
import io.abgate.model.training.Progress;
import io.abgate.model.training.Trained;
import io.abgate.model.training.Trainer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.contract.TrainingCourse;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.SuiteSummary;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does what one order says, from its rows to its outcome. */
public final class TrainingJob {
    private final TrainOrder order;
    private final String worker;
    private final ModelFormats formats;

    /**
     * A job.
     *
     * @param worker who does it
     */
    public TrainingJob(TrainOrder order, String worker, ModelFormats formats) {
        this.order = order;
        this.worker = worker;
        this.formats = formats;
    }

    /** Trains and evaluates; an order that cannot be carried out gives a failure, with its reason. */
    public JobOutcome run(Progress progress) {
        try {
            return train(progress);
        } catch (IllegalArgumentException e) {
            return failed(e);
        }
    }

    /** The outcome of a job that came to nothing. */
    JobOutcome failed(Throwable failure) {
        String reason = failure instanceof IllegalArgumentException ? failure.getMessage() : failure.toString();
        return new JobOutcome(
                order.job(), worker, null, reason, 0, 0, Double.NaN, Double.NaN, null, null, null, TrainingCourse.NONE);
    }

    private JobOutcome train(Progress progress) {
        Artifact artifact = order.parent();
        Model parent = artifact == null ? null : formats.read(artifact.bytes());
        DenseModel start = start(parent);
        Trainer trainer = new Trainer(order.plan());
        TrainingRows rows = TrainingRows.of(start, order.rows());
        if (rows.samples().isEmpty()) {
            return unusable(rows);
        }
        Trained trained = trainer.train(start.network(), rows.samples(), progress);
        Model candidate = trained.network() == null ? null : start.with(trained.network());
        return new JobOutcome(
                order.job(),
                worker,
                candidate == null ? null : Inspections.of(candidate),
                trained.failure(),
                rows.samples().size(),
                rows.droppedRows(),
                trained.firstLoss(),
                trained.lastLoss(),
                evaluate(candidate),
                evaluate(parent),
                runSuites(candidate),
                trained.course().reading(rows.dropped(), rows.outOfVocabulary()));
    }

    private JobOutcome unusable(TrainingRows rows) {
        String reasons = rows.dropped().entrySet().stream()
                .map(reason -> reason.getValue() + " with " + reason.getKey().says())
                .collect(Collectors.joining(", ", "at least 1; there are ", ""));
        String given = "0 usable of " + order.rows().size();
        return new JobOutcome(
                order.job(),
                worker,
                null,
                Check.message("rows", given, rows.dropped().isEmpty() ? "at least 1" : reasons),
                0,
                rows.droppedRows(),
                Double.NaN,
                Double.NaN,
                null,
                null,
                null,
                TrainingCourse.NONE.reading(rows.dropped(), 0));
    }

    private DenseModel start(@Nullable Model parent) {
        if (parent == null || !order.startFromParent()) {
            return Blueprint.parse(order.blueprint()).model(order.plan().seed());
        }
        if (parent instanceof DenseModel dense) {
            return dense;
        }
        throw new IllegalArgumentException(Check.message("parent", parent.format(), "a dense network to start from"));
    }

    private @Nullable SuiteSummary runSuites(@Nullable Model model) {
        return model == null || order.suites().isEmpty()
                ? null
                : new SuiteRunner(model, System::nanoTime).run(order.suites()).summary();
    }

    private @Nullable Evaluation evaluate(@Nullable Model model) {
        List<Example> rows = order.evaluation();
        return model == null || rows.isEmpty() ? null : new Evaluator(model).evaluate(rows);
    }
}
