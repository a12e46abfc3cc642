package io.abgate.registry;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.ArtifactRequest;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.JobProgress;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.domain.Check;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.JobRow;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where everything that reaches the registry is dealt with, one thing after another, on the writer thread. */
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final DeliveryOptions INSPECT_WITHIN = new DeliveryOptions().setSendTimeout(4_000);

    private final Vertx vertx;
    private final InstantSource clock;
    private final Books books;
    private final Nodes nodes = new Nodes();
    private final Intake intake;
    private final Jobs jobs;
    private final Judge judge;
    private final JobReports jobReports;
    private final Reports reports;
    private final Rollouts rollouts;
    private final Routing routing;
    private final Trainings trainings;
    private final Registrations registrations;
    private final Automation automation;
    private final Dispatcher dispatcher;

    Desk(Vertx vertx, Writer writer, EventStore store, List<ModelDefinition> models, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
        this.books =
                new Books(store, models.stream().map(ModelDefinition::settings).toList());
        Map<String, ModelDefinition> definitions = models.stream()
                .collect(Collectors.toMap(model -> model.settings().name(), Function.identity()));
        this.intake = new Intake(books, clock);
        this.jobs = new Jobs(books, definitions);
        this.judge = new Judge(books, clock);
        this.jobReports = new JobReports(books);
        this.reports = new Reports(books, nodes, jobReports);
        this.rollouts = new Rollouts(books, nodes);
        this.routing = new Routing(books, nodes, tables -> vertx.eventBus().publish(Addresses.ROUTES_CHANGED, tables));
        this.trainings = new Trainings(books, jobs);
        this.registrations = new Registrations(books, clock);
        this.automation = new Automation(books, jobs, routing);
        this.dispatcher = new Dispatcher(vertx, writer, books, jobs, nodes, clock);
        models.forEach(model -> new SetUp(books, jobs).setUp(model));
        settleAll();
    }

    private void settleAll() {
        books.states().forEach(state -> guarded(state.settings().name(), () -> automation.settle(state)));
        guarded("the jobs", dispatcher::dispatch);
    }

    private void settle(String model) {
        automation.settle(books.state(model));
        dispatcher.dispatch();
    }

    /** What was taken is committed, whatever becomes of what follows from it; the next tick tries that again. */
    private static void guarded(String what, Runnable follows) {
        try {
            follows.run();
        } catch (RuntimeException e) {
            LOG.error("what follows for {} is put off", what, e);
        }
    }

    FeedbackResult labels(LabelBatch batch) {
        FeedbackResult result = intake.labels(batch);
        guarded(batch.model(), () -> settle(batch.model()));
        return result;
    }

    void samples(SampleBatch batch) {
        intake.samples(batch);
        guarded(batch.model(), () -> settle(batch.model()));
    }

    RouteTables routes() {
        return routing.tables();
    }

    Artifact artifact(ArtifactRequest wanted) {
        return new Artifact(books.store()
                .artifact(wanted.sha256())
                .orElseThrow(() -> Failure.NOT_FOUND.because(
                        Check.message("artifact", wanted.sha256(), "the SHA-256 of a stored artifact"))));
    }

    void progress(JobProgress told) {
        jobReports.progress(told);
    }

    void outcome(JobOutcome outcome) {
        judge.outcome(outcome);
        dispatcher.ended(outcome.job());
        jobReports.ended(outcome.job());
        books.store().job(outcome.job()).ifPresent(row -> guarded(row.model(), () -> settle(row.model())));
    }

    void report(NodeReport report) {
        nodes.report(report, clock.millis());
        settleAll();
    }

    void tick() {
        nodes.expire(clock.millis());
        settleAll();
    }

    Answer operate(Operation operation) {
        String model = operation.model();
        return switch (operation.kind()) {
            case MODELS -> ok(reports.models());
            case MODEL -> ok(reports.model(model));
            case VERSIONS -> ok(reports.versions(model));
            case VERSION -> ok(reports.version(model, operation.number()));
            case ARTIFACT -> artifact(model, operation.number());
            case JOB -> ok(jobReports.job(operation.number()));
            case EVENTS -> ok(reports.events(operation));
            case PROMOTE -> changed(model, () -> rollouts.promote(operation));
            case ROLLBACK -> changed(model, () -> rollouts.rollback(operation));
            case ABORT -> changed(model, () -> rollouts.abort(operation));
            case PAUSE -> changed(model, () -> rollouts.automation(operation, true));
            case RESUME -> changed(model, () -> rollouts.automation(operation, false));
            case ROUTING -> changed(model, () -> rollouts.routing(operation));
            case RETRAIN -> retrain(operation);
            case REGISTER -> throw new IllegalStateException("a registration is inspected before it comes here");
        };
    }

    private Answer artifact(String model, long number) {
        ModelState state = books.state(model);
        byte[] bytes = jobs.artifact(reports.find(state, number));
        return new Answer(200, new String(bytes, StandardCharsets.UTF_8));
    }

    private Answer changed(String model, Runnable change) {
        change.run();
        settle(model);
        return ok(reports.model(model));
    }

    private Answer retrain(Operation operation) {
        JobRow row = trainings.retrain(operation);
        settle(operation.model());
        return new Answer(202, jobReports.job(row).encode());
    }

    boolean checkModel(String model) {
        registrations.checkModel(model);
        return true;
    }

    /** Lets a model node look at an artifact; UNAVAILABLE when there is none. */
    Future<Inspection> inspect(Artifact artifact) {
        return vertx.eventBus()
                .<Inspection>request(Addresses.INSPECT, artifact, INSPECT_WITHIN)
                .map(Message::body)
                .recover(failure -> Future.failedFuture(explained(failure)));
    }

    private static Throwable explained(Throwable failure) {
        return Failure.of(failure) == Failure.UNAVAILABLE
                ? Failure.UNAVAILABLE.because("artifact: nobody to look at it (expected: a node with the role model)")
                : failure;
    }

    Answer register(Operation operation, Inspection inspected) {
        Registrations.Registered registered = registrations.register(operation, inspected);
        guarded(operation.model(), () -> settle(operation.model())); // gateways learn that the version exists
        return new Answer(
                registered.isNew() ? 201 : 200,
                new JsonObject().put("version", registered.version()).encode());
    }

    private static Answer ok(JsonObject body) {
        return new Answer(200, body.encode());
    }

    boolean close() {
        books.store().close();
        return true;
    }
}
