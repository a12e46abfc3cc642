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
import io.abgate.registry.contract.Refusal;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.contract.TrafficKnown;
import io.abgate.registry.contract.TrafficReport;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.Seal;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.store.StoreException;
import io.abgate.registry.webhook.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where everything that reaches a leading registry is dealt with, one thing after another, on the writer thread. */
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final long PUBLISH_MILLIS = 5_000;

    private final Vertx vertx;
    private final Term term;
    private final Time time;
    private final StoreBinding binding = new StoreBinding();
    private final Checkpoints checkpoints;
    private final Books books;
    private final Nodes nodes = new Nodes();
    private final WorkerCalls workers;
    private final Intake intake;
    private final Judge judge;
    private final JobReports jobReports;
    private final Routing routing;
    private final Operations operations;
    private final Archive archive;
    private final Automation automation;
    private final Dispatcher dispatcher;
    private final Retention retention;
    private final TrafficIntake traffic;
    private final SuiteRuns suites;
    private final Checks checks;
    private final Alerter alerter;
    private final Drills drills;

    Desk(
            Vertx vertx,
            Term term,
            List<ModelDefinition> models,
            KeyRing keys,
            Time time,
            Limits limits,
            MonitorBoard board,
            Optional<Webhook> webhook) {
        this.vertx = vertx;
        this.term = term;
        this.time = time;
        binding.bind(term.storeId());
        this.workers = new WorkerCalls(vertx, binding);
        List<ModelSettings> settings =
                models.stream().map(ModelDefinition::settings).toList();
        new KeyCheck(term.pen(), keys).run();
        this.checkpoints = new Checkpoints(term.pen().store(), limits.checkpoints());
        this.books = new Books(term.pen(), settings, () -> checkpoints.usable(settings));
        term.beforeEnd(() -> checkpoints.beforeClosing(books));
        GroupCommit commits = new GroupCommit(term.pen(), books, time.wall());
        this.intake = new Intake(term, commits, limits, this::settle);
        Jobs jobs = new Jobs(books, models, time.wall());
        Buffers buffers = new Buffers(books);
        this.judge = new Judge(books, time.wall());
        this.jobReports = new JobReports(books);
        this.routing = new Routing(books, nodes, new Seal(keys, RouteTables.PURPOSE), this::publish);
        Overrides overrides = new Overrides(books, time.wall());
        TrainingReports trainings = new TrainingReports(books, buffers, time.wall());
        Reports reports = new Reports(books, nodes, jobReports, overrides, trainings, time.wall());
        this.suites = new SuiteRuns(books, jobs, reports);
        this.checks = new Checks(books, jobs, time, board);
        this.alerter = new Alerter(term, books, time.wall(), board, webhook);
        this.drills = new Drills(books, jobs, time.wall(), model -> settle(Set.of(model)));
        this.operations = operations(jobs, reports, trainings, overrides);
        this.archive = new Archive(books.store(), settings, time.wall());
        this.automation = new Automation(books, jobs, buffers, routing, time.wall());
        this.dispatcher = new Dispatcher(vertx, term, binding, books, jobs, nodes, time);
        this.retention = new Retention(books, time);
        this.traffic = new TrafficIntake(books, time);
        models.forEach(model -> new SetUp(books, jobs).setUp(model));
    }

    /** Begins to order and to decide; before that it is not known that no registry of another store is there. */
    boolean begin() {
        guarded("the alerts", alerter::begin);
        settleAll();
        guarded("retention", retention::tick);
        return true;
    }

    private Operations operations(Jobs jobs, Reports reports, TrainingReports trainings, Overrides overrides) {
        return new Operations(
                books,
                jobs,
                reports,
                jobReports,
                trainings,
                new Approvals(books, jobs, time.wall()),
                new Rollouts(books, nodes),
                overrides,
                new Registrations(books, time.wall()),
                drills,
                model -> settle(Set.of(model)));
    }

    private void publish(RouteTables tables) {
        vertx.eventBus().publish(Addresses.ROUTES_CHANGED, tables, binding.within(PUBLISH_MILLIS));
    }

    Term term() {
        return term;
    }

    private void settleAll() {
        settle(books.states().stream().map(state -> state.settings().name()).collect(Collectors.toSet()));
    }

    private void settle(Set<String> models) {
        models.stream().filter(books::has).forEach(model -> guarded(model, () -> settle(books.state(model))));
        guarded("the jobs", dispatcher::dispatch);
        guarded("the alerts", alerter::tell);
    }

    private void settle(ModelState state) {
        alerter.settle(state);
        automation.settle(state);
        alerter.settle(state);
    }

    /** What was taken is committed, whatever becomes of what follows from it; the next tick tries that again. */
    private static void guarded(String what, Runnable follows) {
        try {
            follows.run();
        } catch (StoreException e) {
            LOG.warn("what follows for {} is put off: {}", what, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("what follows for {} is put off", what, e);
        }
    }

    /** See {@link Intake#labels}; for any thread. */
    Future<FeedbackResult> labels(LabelBatch batch) {
        return intake.labels(batch);
    }

    /** See {@link Intake#samples}; for any thread. */
    Future<?> samples(SampleBatch batch) {
        return intake.samples(batch);
    }

    /** See {@link TrafficIntake}; on the writer thread. */
    TrafficKnown traffic(TrafficReport report) {
        return traffic.take(report);
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
        judged(outcome);
        dispatcher.ended(outcome.job());
        jobReports.ended(outcome.job());
        books.store().job(outcome.job()).ifPresent(row -> settle(Set.of(row.model())));
    }

    /** An outcome that makes no sense ends its job: sent again it would make no more. */
    private void judged(JobOutcome outcome) {
        try {
            judge.outcome(outcome);
        } catch (StoreException | Refusal e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the outcome of job {} cannot be judged", outcome.job(), e);
            term.pen().settleDoubt();
            judge.senseless(outcome, "its outcome cannot be judged: " + e.getMessage());
        }
    }

    void report(NodeReport report) {
        nodes.report(report, time.nanoClock().getAsLong());
        settleAll();
    }

    void tick() {
        nodes.expire(time.nanoClock().getAsLong());
        automation.tick();
        guarded("the drills", drills::expire);
        books.states().forEach(state -> guarded("the evidence", () -> automation.passTime(state)));
        guarded("the traffic", traffic::tick);
        settleAll();
        books.states()
                .forEach(state -> guarded("the checks", () -> checks.due(state).ifPresent(this::checkByItself)));
        guarded("retention", retention::tick);
        guarded("the checkpoints", () -> checkpoints.whileRunning(books));
    }

    Answer operate(Operation operation) {
        return operations.operate(operation);
    }

    /** Whether an operation is to be looked up, and not done. */
    boolean isLookedUp(Operation operation) {
        return archive.has(operation.kind());
    }

    /** Looks something up that only the store knows: long, and for any thread but the writer. */
    Answer look(Operation operation) {
        return archive.look(operation);
    }

    Optional<Answer> begin(Operation operation) {
        return drills.ends(operation) ? Optional.of(operations.operate(operation)) : operations.begin(operation);
    }

    Answer register(Operation operation, Inspection inspected) {
        return operations.register(operation, inspected);
    }

    /** See {@link Operations#ended}; for any thread. */
    void ended(Operation operation) {
        operations.ended(operation);
    }

    /** Who looks at artifacts. */
    WorkerCalls workers() {
        return workers;
    }

    /** See {@link SuiteRuns}; on the writer thread. */
    SuiteRuns suites() {
        return suites;
    }

    /** See {@link Drills}; on the writer thread. */
    Drills drills() {
        return drills;
    }

    /** What an operator wants to have checked; on the writer thread. */
    Checks.Plan planCheck(Operation operation) {
        return checks.plan(operation);
    }

    /** Lets a model node measure a version, and holds what it says against the baseline. */
    Future<Answer> check(Checks.Plan plan) {
        return workers.check(plan.order())
                .compose(reply -> term.submit(() -> {
                    Answer answer = checks.ended(plan, reply.measurement());
                    settle(Set.of(plan.model()));
                    return answer;
                }));
    }

    /** Whatever comes of it, the next one comes in its turn. */
    private void checkByItself(Checks.Plan plan) {
        check(plan)
                .transform(done -> term.submit(() -> {
                    checks.over(plan, done.cause());
                    return true;
                }));
    }
}
