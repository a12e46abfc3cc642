package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.NodeReport.Hosted;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Score;
import io.abgate.registry.domain.SuiteSummary;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A registry over a real database, with a worker, a model node and applications around it that a test moves by hand. */
final class Town implements AutoCloseable {
    static final String MAIL = "mail";
    static final String NODE = "node-1";

    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    final Vertx vertx = Vertx.vertx();
    final HandTurnedClock clock = new HandTurnedClock();
    /** Of every town that gets no others, as homes are opened again. */
    private static final KeyRing KEYS = KeyRing.of(TokenKeys.random());

    KeyRing keys = KEYS;
    final Bus bus = new Bus(vertx);
    final List<String> fatal = new CopyOnWriteArrayList<>();
    Limits limits = Limits.DEFAULT;
    Watchers watchers = Watchers.none();
    final FakeWorker worker = new FakeWorker(vertx, NODE);
    final Applications applications = new Applications(bus, clock);
    private final Path home;
    private List<ModelDefinition> models;
    private @Nullable EventStore store;
    private String deployment = "";

    Town(Path home, Mail... models) {
        this.home = home;
        this.models = IntStream.range(0, models.length)
                .mapToObj(i -> Definitions.of(models[i], i == 0 ? MAIL : "mail-" + i))
                .toList();
        Codecs.register(vertx.eventBus());
    }

    /** Checkpoints are written after so many entries of the ledger, and at every stop. */
    Town keepingStatesAfter(long entries) {
        limits = new Limits(limits.tasks(), limits.labels(), limits.together(), new Checkpoints.Pace(entries, 1));
        return this;
    }

    /** Versions are judged and watched on so many rows. */
    Town evaluatedOn(int rows) {
        models = models.stream()
                .map(model -> Definitions.evaluatedOn(model, rows))
                .toList();
        return this;
    }

    /** Models have so many seed rows only. */
    Town seeded(int rows) {
        models = models.stream().map(model -> Definitions.seeded(model, rows)).toList();
        return this;
    }

    Town open() {
        deployment = Bus.await(deploy(this::openStore));
        return this;
    }

    /** Opens a registry whose store is what {@code makes} of the real one. */
    Town open(UnaryOperator<EventStore> makes) {
        deployment = Bus.await(deploy(() -> makes.apply(openStore())));
        return this;
    }

    Future<String> deploy(Supplier<EventStore> opens) {
        return vertx.deployVerticle(
                new RegistryVerticle(models, opens, keys, clock.time(), fatal::add, watchers, limits));
    }

    EventStore openStore() {
        EventStore opened = Stores.open("sqlite:", home, "test", clock);
        store = opened;
        return opened;
    }

    /** The store that the registry has open: to be read only. */
    EventStore store() {
        assertThat(store).isNotNull();
        return store;
    }

    void stop() {
        Bus.await(vertx.undeploy(deployment));
    }

    Town restart() {
        stop();
        return open();
    }

    @Override
    public void close() {
        Bus.await(vertx.close());
    }

    /** The state of the fold of what is in the store now. */
    JsonObject folded() {
        return folds().report();
    }

    /** The whole of the states, to the last bit, that the ledger gives from its first entry on. */
    Collection<String> foldedStates() {
        return folds().states(Map.of());
    }

    /** The same from the checkpoints on, where there are some that can be used. */
    Collection<String> statesFromCheckpoints() {
        return folds().states(usableCheckpoints());
    }

    Map<String, Checkpoints.Kept> usableCheckpoints() {
        return new Checkpoints(store(), limits.checkpoints()).usable(settings());
    }

    private Folds folds() {
        return new Folds(store(), settings(), clock);
    }

    List<ModelSettings> settings() {
        return models.stream().map(ModelDefinition::settings).toList();
    }

    JsonObject model() {
        return bus.read(Kind.MODEL, MAIL, 0);
    }

    JsonObject version(int number) {
        return bus.read(Kind.VERSION, MAIL, number);
    }

    JsonObject job(long id) {
        return bus.read(Kind.JOB, MAIL, id);
    }

    /** A model without what its nodes say, which no ledger knows. */
    static JsonObject withoutNodes(JsonObject model) {
        JsonObject copy = model.copy();
        copy.remove("settled");
        copy.getJsonArray("versions").forEach(version -> ((JsonObject) version).remove("hostedOn"));
        return copy;
    }

    /** Every servable version answers on the model node. */
    void warmUp() {
        warmUp(NODE, 1);
    }

    void warmUp(String node, long incarnation) {
        List<Hosted> hosted = new ArrayList<>();
        for (Object one : model().getJsonArray("versions")) {
            JsonObject version = (JsonObject) one;
            hosted.add(new Hosted(MAIL, version.getInteger("version"), version.getString("sha256")));
        }
        report(node, incarnation, hosted);
    }

    void report(String node, long incarnation, List<Hosted> hosted) {
        vertx.eventBus().publish(Addresses.NODES, new NodeReport(node, incarnation, hosted, false, List.of()));
        model(); // asked behind the report, so answered after it
    }

    /** Waits for the next order that the worker has not seen, the {@code count}th in all. */
    TrainOrder order(int count) {
        await().until(() -> worker.orders.size() >= count);
        return worker.orders.get(count - 1);
    }

    void finish(TrainOrder order, String artifact, @Nullable Evaluation candidate) {
        finish(order, artifact, candidate, order.parent() == null ? null : counts(90, 100));
    }

    void finish(TrainOrder order, String artifact, @Nullable Evaluation candidate, @Nullable Evaluation parent) {
        finish(order, artifact, candidate, parent, null);
    }

    void finish(
            TrainOrder order,
            String artifact,
            @Nullable Evaluation candidate,
            @Nullable Evaluation parent,
            @Nullable SuiteSummary suites) {
        bus.request(
                Addresses.JOB_OUTCOME, worker.outcome(order, artifact, candidate, parent, suites), Acknowledged.class);
    }

    static Evaluation counts(int right, int rows) {
        int half = right / 2;
        return new Evaluation(
                List.of(
                        new ClassCount("ham", new Score(half, rows / 2)),
                        new ClassCount("spam", new Score(right - half, rows - rows / 2))),
                2,
                true);
    }

    /** A model whose version 1 was trained, is champion and warm. */
    Town withChampion() {
        finish(order(1), "one", counts(90, 100));
        warmUp();
        await().until(() ->
                model().getJsonObject("routing").getJsonObject("shares").containsKey("1"));
        return this;
    }

    /** Stores an artifact as the next version. */
    int register(String artifact) {
        Answer answer = bus.request(Addresses.OPERATE, Bus.registration(MAIL, artifact, "{}"), Answer.class);
        return new JsonObject(answer.body()).getInteger("version");
    }

    JsonObject promote(int version, String to) {
        return operate(Kind.PROMOTE, new JsonObject().put("version", version).put("to", to));
    }

    JsonObject canary(int version, double share) {
        JsonObject model = operate(
                Kind.PROMOTE,
                new JsonObject().put("version", version).put("to", "canary").put("share", share));
        warmUp();
        return model;
    }

    JsonObject force(int version, String to) {
        return operate(
                Kind.PROMOTE,
                new JsonObject().put("version", version).put("to", to).put("force", true));
    }

    JsonObject operate(Kind kind, JsonObject body) {
        return new JsonObject(bus.ask(kind, MAIL, 0, body.encode()).body());
    }

    ReplyException refused(Kind kind, String body) {
        return bus.refused(kind, MAIL, body);
    }

    /** A new request of a new key that was assigned to a version, which answered ham. */
    PredictionId request(int assigned) {
        return applications.request(assigned);
    }

    static Label label(PredictionId id, boolean right) {
        return new Label(0, id, right ? "ham" : "spam", null, "app");
    }

    /** So many requests of a version are labelled, in one batch. */
    FeedbackResult label(int version, int labels, boolean right) {
        return applications.label(version, labels, right);
    }

    /** A shadow answers copies of requests of a version, which was right or wrong. */
    void pairs(int champion, int shadow, int copies, boolean right, boolean shadowRight) {
        applications.pairs(champion, shadow, copies, right, shadowRight);
    }
}
