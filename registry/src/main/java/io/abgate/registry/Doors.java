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
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.contract.TrafficReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a leading registry listens to, and how it answers; messages of nodes of another store stay outside. */
final class Doors {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    private static final long TICK_MILLIS = 250;
    private static final long REPLY_MILLIS = 5_000;
    private static final int MOST_LOOKING = 100;

    private final Vertx vertx;
    private final Term term;
    private final Desk desk;
    private final StoreBinding binding;
    private final Seldom foreigners;
    private final Seldom refusals;
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();
    private final WorkerExecutor readers;
    private final WorkerExecutor checkers;
    private long ticks = -1;
    private int looking;
    private boolean ticking;
    private boolean closed;

    Doors(Vertx vertx, Term term, Desk desk, StoreBinding binding, Time time) {
        this.vertx = vertx;
        this.term = term;
        this.desk = desk;
        this.binding = binding;
        this.readers = vertx.createSharedWorkerExecutor("abgate-archive", 1, 1, TimeUnit.HOURS);
        this.checkers = vertx.createSharedWorkerExecutor("abgate-check", 1, 1, TimeUnit.HOURS);
        this.foreigners = new Seldom(time.nanoClock(), Duration.ofMinutes(1));
        this.refusals = new Seldom(time.nanoClock(), Duration.ofSeconds(1));
    }

    void open() {
        serve(Addresses.LABELS, (LabelBatch batch) -> desk.labels(batch));
        serve(Addresses.OPERATE, this::operate);
        serve(Addresses.ROUTES, (Object any) -> term.submit(desk::routes));
        serve(Addresses.ARTIFACT, (ArtifactRequest wanted) -> term.submit(() -> desk.artifact(wanted)));
        serve(
                Addresses.JOB_OUTCOME,
                (JobOutcome outcome) -> term.submit(() -> {
                    desk.outcome(outcome);
                    return new Acknowledged("registry");
                }));
        serve(Addresses.TRAFFIC, (TrafficReport report) -> term.submit(() -> desk.traffic(report)));
        take(Addresses.SAMPLES, (SampleBatch batch) -> desk.samples(batch));
        take(Addresses.JOB_PROGRESS, (JobProgress told) -> run(() -> desk.progress(told)));
        take(Addresses.NODES, (NodeReport report) -> run(() -> desk.report(report)));
        ticks = vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    }

    /** One tick waits at most, however long the writer takes. */
    private void tick() {
        if (!ticking) {
            ticking = true;
            run(desk::tick).onComplete(done -> ticking = false).onFailure(this::warn);
        }
    }

    private Future<Answer> operate(Operation operation) {
        if (desk.isLookedUp(operation)) {
            return look(operation);
        }
        return switch (operation.kind()) {
            case REGISTER -> register(operation);
            case SUITES -> suites(operation);
            case DRILL -> drill(operation);
            case CHECK -> term.submit(() -> desk.planCheck(operation)).compose(desk::check);
            default -> term.submit(() -> desk.operate(operation));
        };
    }

    private Future<Answer> drill(Operation operation) {
        return term.submit(() -> desk.begin(operation)).compose(known -> known.map(Future::succeededFuture)
                .orElseGet(() -> term.submit(() -> desk.drills().plan(operation))
                        .compose(plan -> desk.workers()
                                .drill(plan.order())
                                .compose(
                                        reply -> term.submit(() -> desk.drills().ended(plan, reply))))
                        .onComplete(done -> desk.ended(operation))));
    }

    private Future<Answer> suites(Operation operation) {
        return term.submit(() -> desk.suites().plan(operation)).compose(plan -> desk.workers()
                .run(plan.order())
                .compose(reply -> term.submit(() -> desk.suites().ended(plan, reply.report()))));
    }

    /** Few at once, as each holds a connection and the writer needs one; and few wait, as nobody waits for long. */
    private Future<Answer> look(Operation operation) {
        if (looking >= MOST_LOOKING) {
            return Future.failedFuture(Failure.UNAVAILABLE.because(
                    operation.kind() + ": " + looking + " look-ups wait already (expected: fewer)"));
        }
        looking++;
        return lookers(operation)
                .executeBlocking(() -> desk.look(operation), false)
                .onComplete(done -> looking--);
    }

    private WorkerExecutor lookers(Operation operation) {
        return switch (operation.kind()) {
            case VERIFY, REPLAY -> checkers; // they walk along the ledger
            default -> readers;
        };
    }

    private Future<Answer> register(Operation operation) {
        Artifact artifact = operation.artifact();
        if (artifact == null) {
            return Future.failedFuture(Failure.INVALID.because("artifact: nothing (expected: an artifact as JSON)"));
        }
        return term.submit(() -> desk.begin(operation))
                .compose(known -> known.map(Future::succeededFuture).orElseGet(() -> desk.workers()
                        .inspect(artifact)
                        .compose(inspected -> term.submit(() -> desk.register(operation, inspected)))
                        .onComplete(done -> desk.ended(operation))));
    }

    private <Q, A> void serve(String address, Function<Q, Future<A>> answer) {
        consumers.add(vertx.eventBus().<Q>consumer(address, message -> {
            if (isForeign(message)) {
                message.fail(Failure.CONFLICT.code(), Neighbours.foreign(message.headers(), term.storeId()));
                return;
            }
            answer.apply(message.body())
                    .onComplete(
                            reply -> message.reply(reply, binding.within(REPLY_MILLIS)),
                            failure -> refuse(message, failure));
        }));
    }

    private boolean isForeign(Message<?> message) {
        boolean foreign = StoreBinding.isForeign(message.headers(), term.storeId());
        if (foreign && foreigners.isDue()) {
            LOG.error(
                    "{} refused, a node of another store is in this cluster: {}",
                    message.address(),
                    Neighbours.foreign(message.headers(), term.storeId()));
        }
        return foreign;
    }

    private void refuse(Message<?> message, Throwable failure) {
        Failure cause = Failure.of(failure);
        if (cause == Failure.INTERNAL) {
            LOG.error("{} failed", message.address(), failure);
        } else if (cause == Failure.UNAVAILABLE && refusals.isDue()) {
            LOG.warn("{} refused: {}", message.address(), failure.getMessage());
        }
        String text = failure instanceof ReplyException || cause == Failure.INVALID
                ? String.valueOf(failure.getMessage())
                : "internal error, see the log";
        message.fail(cause.code(), text);
    }

    private <Q> void take(String address, Function<Q, Future<?>> work) {
        consumers.add(vertx.eventBus().<Q>consumer(address, message -> {
            if (!isForeign(message)) {
                work.apply(message.body()).onFailure(this::warn);
            }
        }));
    }

    private Future<?> run(Runnable work) {
        Callable<Boolean> callable = () -> {
            work.run();
            return true;
        };
        return term.submit(callable);
    }

    private void warn(Throwable failure) {
        if (!closed && refusals.isDue()) { // what still arrives while the registry stops has no one to answer to
            LOG.warn("not done: {}", failure.getMessage());
        }
    }

    /** Takes no more messages; those under way are answered. */
    Future<?> close() {
        closed = true;
        vertx.cancelTimer(ticks);
        readers.close();
        checkers.close();
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
    }
}
