package io.abgate.registry;

import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.ArtifactRequest;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.JobProgress;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.store.EventStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders retraining, promotes, rolls back: takes messages in, hands them to the writer thread, sends answers out. */
public final class RegistryVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryVerticle.class);
    private static final long TICK_MILLIS = 250;

    private final List<ModelDefinition> models;
    private final Supplier<EventStore> opensStore;
    private final InstantSource clock;
    private Desk desk;
    private Writer writer;
    private boolean closing;

    /**
     * A registry over the store that {@code opensStore} opens; the verticle closes it when it stops.
     *
     * @param models in the order in which they get their numbers
     */
    @SuppressWarnings("NullAway.Init") // start makes what a verticle without a Vertx cannot have
    public RegistryVerticle(List<ModelDefinition> models, Supplier<EventStore> opensStore, InstantSource clock) {
        this.models = List.copyOf(models);
        this.opensStore = opensStore;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        writer = new Writer(vertx);
        return writer.submit(this::open).onSuccess(made -> desk = made).map(made -> listen());
    }

    private Desk open() {
        EventStore store = opensStore.get();
        try {
            return new Desk(vertx, writer, store, models, clock);
        } catch (RuntimeException | Error e) {
            store.close(); // or its lock would outlive a start that failed
            throw e;
        }
    }

    private boolean listen() {
        serve(Addresses.LABELS, (LabelBatch batch) -> writer.submit(() -> desk.labels(batch)));
        serve(Addresses.OPERATE, this::operate);
        serve(Addresses.ROUTES, (Object any) -> writer.submit(() -> desk.routes()));
        serve(Addresses.ARTIFACT, (ArtifactRequest wanted) -> writer.submit(() -> desk.artifact(wanted)));
        serve(
                Addresses.JOB_OUTCOME,
                (JobOutcome outcome) -> writer.submit(() -> {
                    desk.outcome(outcome);
                    return new Acknowledged("registry");
                }));
        take(Addresses.SAMPLES, (SampleBatch batch) -> () -> desk.samples(batch));
        take(Addresses.JOB_PROGRESS, (JobProgress told) -> () -> desk.progress(told));
        take(Addresses.NODES, (NodeReport report) -> () -> desk.report(report));
        vertx.setPeriodic(TICK_MILLIS, timer -> run(() -> desk.tick()));
        return true;
    }

    private Future<Answer> operate(Operation operation) {
        if (operation.kind() != Operation.Kind.REGISTER) {
            return writer.submit(() -> desk.operate(operation));
        }
        Artifact artifact = operation.artifact();
        if (artifact == null) {
            return Future.failedFuture(Failure.INVALID.because("artifact: nothing (expected: an artifact as JSON)"));
        }
        return writer.submit(() -> desk.checkModel(operation.model()))
                .compose(known -> desk.inspect(artifact))
                .compose(inspected -> writer.submit(() -> desk.register(operation, inspected)));
    }

    private <Q, A> void serve(String address, Function<Q, Future<A>> answer) {
        vertx.eventBus().<Q>consumer(address, message -> answer.apply(message.body())
                .onComplete(message::reply, failure -> refuse(message, failure)));
    }

    private static void refuse(Message<?> message, Throwable failure) {
        Failure cause = Failure.of(failure);
        if (cause == Failure.INTERNAL) {
            LOG.error("{} failed", message.address(), failure);
        } else if (cause == Failure.UNAVAILABLE) {
            LOG.warn("{} refused: {}", message.address(), failure.getMessage());
        }
        String text = failure instanceof ReplyException || cause == Failure.INVALID
                ? String.valueOf(failure.getMessage())
                : "internal error, see the log";
        message.fail(cause.status(), text);
    }

    private <Q> void take(String address, Function<Q, Runnable> work) {
        vertx.eventBus().<Q>consumer(address, message -> run(work.apply(message.body())));
    }

    private void run(Runnable work) {
        Callable<Boolean> callable = () -> {
            work.run();
            return true;
        };
        if (!closing) { // what still arrives while the node stops has no one to answer to
            writer.submit(callable).onFailure(failure -> LOG.warn("not done: {}", failure.getMessage()));
        }
    }

    @Override
    public Future<?> stop() {
        closing = true;
        return vertx.executeBlocking(() -> {
            writer.submit(() -> desk.close());
            writer.close();
            return true;
        });
    }
}
