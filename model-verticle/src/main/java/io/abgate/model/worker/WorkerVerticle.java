package io.abgate.model.worker;

import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.model.evaluation.Evaluator;
import io.abgate.model.evaluation.SuiteRunner;
import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.CheckOrder;
import io.abgate.registry.contract.CheckReply;
import io.abgate.registry.contract.DrillOrder;
import io.abgate.registry.contract.DrillReply;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.JobProgress;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.contract.SuiteOrder;
import io.abgate.registry.contract.SuiteReply;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Measurement;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects artifacts, runs them through suites, and does one training job at a time; each on a thread of its own, so
 * that none waits for another. To be deployed as a worker.
 */
public final class WorkerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerVerticle.class);
    private static final long LONGEST_JOB_HOURS = 24;
    private static final long PROGRESS_MILLIS = 1_000;

    private final String node;
    private final StoreBinding binding;
    private final ModelFormats formats;
    private @Nullable WorkerExecutor executor;
    private @Nullable WorkerExecutor suites;
    private @Nullable TrainOrder current;
    private volatile boolean stopped;

    /**
     * The worker of this process.
     *
     * @param node name of this process
     * @param binding of this process
     */
    public WorkerVerticle(String node, StoreBinding binding) {
        this(node, binding, ModelFormats.installed());
    }

    WorkerVerticle(String node, StoreBinding binding, ModelFormats formats) {
        this.node = node;
        this.binding = binding;
        this.formats = formats;
    }

    @Override
    public Future<?> start() {
        executor = vertx.createSharedWorkerExecutor("abgate-trainer-" + node, 1, LONGEST_JOB_HOURS, TimeUnit.HOURS);
        suites = vertx.createSharedWorkerExecutor("abgate-suites-" + node, 1, 1, TimeUnit.MINUTES);
        return Future.all(
                vertx.eventBus().consumer(Addresses.INSPECT, this::inspect).completion(),
                vertx.eventBus().consumer(Addresses.SUITES, this::runSuites).completion(),
                vertx.eventBus().consumer(Addresses.CHECK, this::check).completion(),
                vertx.eventBus().consumer(Addresses.DRILL, this::drill).completion(),
                vertx.eventBus().consumer(Addresses.TRAIN, this::train).completion());
    }

    @Override
    public Future<?> stop() {
        stopped = true; // the job ends at its next pass; the registry gives it to another worker
        return Future.succeededFuture();
    }

    private void inspect(Message<Artifact> message) {
        if (isForeign(message)) {
            return;
        }
        try {
            message.reply(Inspections.of(formats.read(message.body().bytes())));
        } catch (RuntimeException e) {
            refuse(message, Failure.of(e), String.valueOf(e.getMessage()));
        }
    }

    private void runSuites(Message<SuiteOrder> message) {
        look(message, () -> report(message.body()));
    }

    private void check(Message<CheckOrder> message) {
        look(message, () -> measure(message.body()));
    }

    private void drill(Message<DrillOrder> message) {
        look(message, () -> degrade(message.body()));
    }

    /** On a thread of its own: a model may be slow, and trainings are to be taken meanwhile. */
    private void look(Message<?> message, Callable<?> work) {
        if (isForeign(message)) {
            return;
        }
        Objects.requireNonNull(suites)
                .executeBlocking(work, false) // in no order with trainings
                .onComplete(
                        message::reply,
                        failure -> refuse(message, Failure.of(failure), String.valueOf(failure.getMessage())));
    }

    private CheckReply measure(CheckOrder order) {
        Model model = formats.read(order.artifact().bytes());
        return new CheckReply(new Evaluator(model).measure(order.rows()));
    }

    private DrillReply degrade(DrillOrder order) {
        Model model = formats.read(order.artifact().bytes());
        Model copy = model.withNoise(order.scale(), order.seed());
        return new DrillReply(Inspections.of(copy), measure(model, order.rows()), measure(copy, order.rows()));
    }

    private static @Nullable Measurement measure(Model model, List<Example> rows) {
        return rows.isEmpty() ? null : new Evaluator(model).measure(rows);
    }

    private SuiteReply report(SuiteOrder order) {
        Model model = formats.read(order.artifact().bytes());
        return new SuiteReply(new SuiteRunner(model, System::nanoTime).run(order.cases()));
    }

    private void train(Message<TrainOrder> message) {
        if (isForeign(message)) {
            return;
        }
        TrainOrder order = message.body();
        if (current != null && current.job() != order.job()) {
            refuse(message, Failure.UNAVAILABLE, "worker " + node + " is busy with job " + current.job());
            return;
        }
        if (current == null) {
            begin(order);
        }
        message.reply(new Acknowledged(node)); // given again while it runs: still taken
    }

    /** Another node may belong to the registry's store, whereas nobody would take the outcome from here. */
    private boolean isForeign(Message<?> message) {
        Optional<String> own = binding.storeId().filter(store -> StoreBinding.isForeign(message.headers(), store));
        own.ifPresent(store -> refuse(
                message,
                Failure.UNAVAILABLE,
                "worker " + node + " belongs to store " + store + " (expected: store "
                        + StoreBinding.of(message.headers()).orElse("none") + ")"));
        return own.isPresent();
    }

    private static void refuse(Message<?> message, Failure failure, String why) {
        message.fail(failure.code(), why);
    }

    private void begin(TrainOrder order) {
        current = order;
        TrainingJob job = new TrainingJob(order, node, formats);
        ProgressReports progress = new ProgressReports(order.job(), this::tell, System::nanoTime, () -> stopped);
        Objects.requireNonNull(executor)
                .executeBlocking(() -> job.run(progress))
                .recover(failure -> outcome(job, failure))
                .compose(outcome -> new OutcomeDelivery(vertx, binding, outcome).start())
                .onComplete(done -> current = null);
    }

    private void tell(JobProgress report) {
        vertx.eventBus().send(Addresses.JOB_PROGRESS, report, binding.within(PROGRESS_MILLIS));
    }

    private static Future<JobOutcome> outcome(TrainingJob job, Throwable failure) {
        if (failure instanceof CancellationException) {
            return Future.failedFuture(failure);
        }
        LOG.error("a training job broke", failure);
        return Future.succeededFuture(job.failed(failure));
    }
}
