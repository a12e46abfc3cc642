package io.abgate.model.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.model.SmallModels;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.evaluation.Evaluator;
import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.CheckOrder;
import io.abgate.registry.contract.CheckReply;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.DrillOrder;
import io.abgate.registry.contract.DrillReply;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.JobProgress;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.contract.SuiteOrder;
import io.abgate.registry.contract.SuiteReply;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Score;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteReport;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class WorkerVerticleTest {
    private static final Plan PLAN = new Plan(50, 0.5, 2, 1);
    private static final Plan LONG_PLAN = new Plan(Integer.MAX_VALUE, 1e-9, 0, 1);
    private static final List<Example> ROWS = List.of(
            new Example("\"free money\"", "spam"),
            new Example("\"see you\"", "ham"),
            new Example("\"\"", "ham"),
            new Example("\"free you\"", "eggs"),
            new Example("[1]", "ham"));
    private static final List<Example> EVALUATION =
            List.of(new Example("\"money\"", "spam"), new Example("\"see\"", "ham"));

    private final List<JobOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<JobProgress> progress = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final StoreBinding binding = new StoreBinding();
    private Vertx vertx;
    private String deployment;

    @BeforeEach
    void deploy(Vertx vertx) throws TimeoutException {
        this.vertx = vertx;
        Codecs.register(vertx.eventBus());
        vertx.eventBus().consumer(Addresses.JOB_OUTCOME, this::take);
        vertx.eventBus().<JobProgress>consumer(Addresses.JOB_PROGRESS, message -> progress.add(message.body()));
        deployment = vertx.deployVerticle(
                        new WorkerVerticle("here", binding),
                        new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
                .await(10, TimeUnit.SECONDS);
    }

    private void take(Message<JobOutcome> message) {
        if (refusals.getAndDecrement() > 0) {
            message.fail(Failure.UNAVAILABLE.status(), "no leader");
        } else {
            outcomes.add(message.body());
            message.reply(new Acknowledged("registry"));
        }
    }

    private static TrainOrder order(long job, List<Example> rows, Plan plan) {
        return new TrainOrder(job, "mail", null, false, SmallModels.TEXT, rows, EVALUATION, plan, List.of());
    }

    private Acknowledged train(TrainOrder order) throws TimeoutException {
        return vertx.eventBus()
                .<Acknowledged>request(Addresses.TRAIN, order)
                .await(10, TimeUnit.SECONDS)
                .body();
    }

    private Inspection inspect(byte[] artifact) throws TimeoutException {
        return vertx.eventBus()
                .<Inspection>request(Addresses.INSPECT, new Artifact(artifact))
                .await(10, TimeUnit.SECONDS)
                .body();
    }

    private JobOutcome outcome() {
        await().until(() -> !outcomes.isEmpty());
        return outcomes.get(0);
    }

    @Test
    void leavesTheOrdersOfAnotherStoreToItsOwnNodes() {
        binding.bind("ours");
        StoreBinding theirs = new StoreBinding();
        theirs.bind("theirs");

        Throwable refusal = catchThrowable(() -> vertx.eventBus()
                .request(Addresses.TRAIN, order(4, ROWS, PLAN), theirs.within(5_000))
                .await(10, TimeUnit.SECONDS));

        assertThat(Failure.of(refusal)).isEqualTo(Failure.UNAVAILABLE);
        assertThat(refusal).hasMessage("worker here belongs to store ours (expected: store theirs)");
    }

    private DrillReply drill(DrillOrder order) throws TimeoutException {
        return vertx.eventBus()
                .<DrillReply>request(Addresses.DRILL, order)
                .await(10, TimeUnit.SECONDS)
                .body();
    }

    @Test
    void makesACopyWorseAndMeasuresBoth() throws TimeoutException {
        DenseModel model = SmallModels.text(1);
        Artifact artifact = new Artifact(model.artifact());

        DrillReply reply = drill(new DrillOrder(artifact, 0.5, 7, EVALUATION));

        assertThat(reply.copy().sha256())
                .isEqualTo(model.withNoise(0.5, 7).sha256())
                .isNotEqualTo(model.sha256());
        assertThat(reply.before().evaluation()).isEqualTo(new Evaluator(model).evaluate(EVALUATION));
        assertThat(reply.after().attempts()).isEqualTo(EVALUATION.size());
        assertThat(drill(new DrillOrder(artifact, 0.5, 7, List.of())).after()).isNull();
        Throwable refusal = catchThrowable(() -> drill(new DrillOrder(artifact, 0, 7, List.of())));
        assertThat(Failure.of(refusal)).isEqualTo(Failure.INVALID);
    }

    @Test
    void inspectsAnArtifact() throws TimeoutException {
        Model model = SmallModels.text(1);
        String spaced = new String(model.artifact(), StandardCharsets.UTF_8).replace(",", ", ");

        Inspection inspection = inspect(spaced.getBytes(StandardCharsets.UTF_8));

        assertThat(inspection.bytes()).isEqualTo(model.artifact());
        assertThat(inspection.sha256()).isEqualTo(model.sha256());
        assertThat(inspection.format()).isEqualTo("abgate/dense-v1");
        assertThat(inspection.labels()).containsExactly("ham", "spam");
        assertThat(inspection.input()).isEqualTo(model.input());
    }

    @Test
    void refusesAnArtifactThatIsNotSound() {
        Throwable refusal = catchThrowable(() -> inspect("{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(Failure.of(refusal)).isEqualTo(Failure.INVALID);
        assertThat(refusal).hasMessage("artifact: unknown format (expected: one of [abgate/dense-v1])");
    }

    private SuiteReport runSuites(byte[] artifact, SuiteCase... cases) throws TimeoutException {
        return vertx.eventBus()
                .<SuiteReply>request(Addresses.SUITES, new SuiteOrder(new Artifact(artifact), List.of(cases)))
                .await(10, TimeUnit.SECONDS)
                .body()
                .report();
    }

    @Test
    void runsAnArtifactThroughSuitesWhileItTrains() throws TimeoutException {
        train(order(1, ROWS, LONG_PLAN));
        SuiteCase one = new SuiteCase("basic", "words", "one", "\"money\"", SuiteCase.Expectation.ANSWER);

        SuiteReport report = runSuites(SmallModels.text(1).artifact(), one, one);

        assertThat(report.rows()).hasSize(2);
        assertThat(report.verdict()).isEqualTo(SuiteReport.Verdict.PASSED);
        assertThat(report.rows().get(0).output()).isIn("ham", "spam");
        assertThat(report.rows().get(0).timeMillis()).isPositive();
    }

    @Test
    void checksAVersionWhileItTrains() throws TimeoutException {
        train(order(1, ROWS, LONG_PLAN));
        await().until(() -> !progress.isEmpty());
        CheckOrder check = new CheckOrder(new Artifact(SmallModels.text(1).artifact()), EVALUATION);

        Measurement measured = vertx.eventBus()
                .<CheckReply>request(Addresses.CHECK, check)
                .await(10, TimeUnit.SECONDS)
                .body()
                .measurement();

        assertThat(measured.attempts()).isEqualTo(2);
        assertThat(measured.latency().mean()).isPositive();
        assertThat(outcomes).as("it trains on").isEmpty();
    }

    @Test
    void runsNoSuitesOnAnArtifactThatIsNotSoundOrOfAnotherStore() {
        binding.bind("ours");
        StoreBinding theirs = new StoreBinding();
        theirs.bind("theirs");
        SuiteOrder order = new SuiteOrder(new Artifact(new byte[0]), List.of());

        Throwable unsound = catchThrowable(() -> runSuites(new byte[0]));
        Throwable foreign = catchThrowable(() -> vertx.eventBus()
                .request(Addresses.SUITES, order, theirs.within(5_000))
                .await(10, TimeUnit.SECONDS));

        assertThat(Failure.of(unsound)).isEqualTo(Failure.INVALID);
        assertThat(Failure.of(foreign)).isEqualTo(Failure.UNAVAILABLE);
    }

    @Test
    void trainsOnUsableRowsAndCountsTheOthers() throws TimeoutException {
        assertThat(train(order(4, ROWS, PLAN))).isEqualTo(new Acknowledged("here"));

        JobOutcome outcome = outcome();
        assertThat(outcome.job()).isEqualTo(4);
        assertThat(outcome.worker()).isEqualTo("here");
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.usedRows()).isEqualTo(2);
        assertThat(outcome.droppedRows()).isEqualTo(3);
        assertThat(outcome.lastLoss()).isLessThan(outcome.firstLoss());
        assertThat(outcome.candidate().score()).isEqualTo(new Score(2, 2));
        assertThat(outcome.parent()).isNull();
        Model trained = ModelFormats.installed().read(outcome.trained().bytes());
        assertThat(trained.sha256()).isEqualTo(outcome.trained().sha256());
        await().untilAsserted(() ->
                assertThat(progress).extracting(JobProgress::epoch).contains(1, PLAN.epochs()));
    }

    @Test
    void repeatsItsOutcomeUntilItIsTaken() throws TimeoutException {
        refusals.set(2);

        train(order(1, ROWS, PLAN));

        assertThat(outcome().trained()).isNotNull();
        assertThat(refusals).hasValue(-1);
    }

    @Test
    void isBusyWhileItTrainsButGoesOnInspecting() throws TimeoutException {
        train(order(1, ROWS, LONG_PLAN));
        await().until(() -> !progress.isEmpty());

        Throwable refusal = catchThrowable(() -> train(order(2, ROWS, PLAN)));

        assertThat(Failure.of(refusal)).isEqualTo(Failure.UNAVAILABLE);
        assertThat(refusal).hasMessage("worker here is busy with job 1");
        assertThat(train(order(1, ROWS, PLAN))).isEqualTo(new Acknowledged("here"));
        assertThat(inspect(SmallModels.text(1).artifact()).labels()).hasSize(2);
    }

    @Test
    void takesTheNextJobAfterTheFirst() throws TimeoutException {
        train(order(1, ROWS, PLAN));
        outcome();

        await().ignoreExceptions().until(() -> train(order(2, ROWS, PLAN)) != null);

        await().until(() -> outcomes.size() == 2);
        assertThat(outcomes.get(1).trained().sha256())
                .isEqualTo(outcomes.get(0).trained().sha256());
    }

    @Test
    void stopsTrainingWhenItIsUndeployed() throws TimeoutException {
        train(order(1, ROWS, LONG_PLAN));
        await().until(() -> !progress.isEmpty());

        vertx.undeploy(deployment).await(10, TimeUnit.SECONDS);

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("abgate-trainer-here")));
        assertThat(outcomes).isEmpty();
    }
}
