package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.ShadowTrial;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The registry's state as people and programs read it. */
final class Reports {
    private static final int MAX_EVENTS = 1_000;

    private final Books books;
    private final Nodes nodes;
    private final JobReports jobs;
    private final Overrides overrides;
    private final TrainingReports trainings;
    private final InstantSource clock;

    Reports(
            Books books,
            Nodes nodes,
            JobReports jobs,
            Overrides overrides,
            TrainingReports trainings,
            InstantSource clock) {
        this.books = books;
        this.nodes = nodes;
        this.jobs = jobs;
        this.overrides = overrides;
        this.trainings = trainings;
        this.clock = clock;
    }

    JsonObject models() {
        return new JsonObject().put("models", array(books.states(), this::model));
    }

    JsonObject model(String name) {
        return model(books.state(name));
    }

    private JsonObject model(ModelState state) {
        String name = state.settings().name();
        return new JsonObject()
                .put("model", name)
                .put("modelId", state.modelId())
                .put("storeId", books.store().storeId())
                .put("champion", number(state, Stage.CHAMPION))
                .put("standby", number(state, Stage.STANDBY))
                .put("canary", number(state, Stage.CANARY))
                .put("shadow", number(state, Stage.SHADOW))
                .put("paused", state.isPaused())
                .put("frozen", state.isFrozen())
                .put("settled", isSettled(state))
                .put("stageEpoch", state.stageEpoch())
                .put("routing", routing(state))
                .put("labels", labels(state))
                .put("samples", new JsonObject().put("stored", books.liveSamples(name)))
                .put("pinned", new JsonObject().put("labels", state.totals().pinnedLabels()))
                .put("overrides", overrides.running(name))
                .put("monitor", monitor(state))
                .put(
                        "guard",
                        state.championGuard()
                                .map(guard -> GuardText.of(state, guard))
                                .orElse(null))
                .put("rollout", RolloutText.of(state))
                .put("ensemble", EnsembleText.of(state))
                .put("oversight", OversightText.of(state))
                .put("traffic", TrafficText.of(state))
                .put("training", trainings.of(state))
                .put("drill", state.drill().map(DrillText::running).orElse(null))
                .put("receipt", newestReceipt(name))
                .put("job", jobs.newestOpen(state).orElse(null))
                .put("versions", array(state.versions(), version -> version(state, version)));
    }

    private @Nullable Long newestReceipt(String model) {
        long newest = books.receipts(model).newest();
        return newest == 0 ? null : newest;
    }

    private static @Nullable Integer number(ModelState state, Stage stage) {
        return state.ofStage(stage).map(VersionState::number).orElse(null);
    }

    /** Nothing is under way: no open job, every servable version is warm, every gateway serves the table in force. */
    private boolean isSettled(ModelState state) {
        String name = state.settings().name();
        boolean warm = state.servable().stream()
                .noneMatch(version -> nodes.hosting(name, version).isEmpty());
        return state.openJobs().isEmpty()
                && warm
                && state.route()
                        .filter(table -> nodes.everyGatewayServes(name, table.epoch()))
                        .isPresent();
    }

    private static JsonObject routing(ModelState state) {
        JsonObject shares = new JsonObject();
        state.route().ifPresent(table -> table.versions().stream()
                .filter(version -> version.share() > 0)
                .forEach(version -> shares.put(String.valueOf(version.version()), version.share())));
        return new JsonObject()
                .put("mode", state.mode().name().toLowerCase(Locale.ROOT))
                .put("floor", state.floor())
                .put("epoch", state.route().map(RouteTable::epoch).orElse(null))
                .put("shares", shares);
    }

    private static JsonObject monitor(ModelState state) {
        return new JsonObject()
                .put(
                        "baseline",
                        state.monitoring()
                                .baseline()
                                .map(taken -> CheckText.measured(taken.measurement()))
                                .orElse(null))
                .put("alerts", AlertText.open(state.monitoring().alerts()))
                .put("retraining", state.monitoring().asks().orElse(null));
    }

    private JsonObject labels(ModelState state) {
        String name = state.settings().name();
        return new JsonObject()
                .put("accepted", state.totals().labels())
                .put("corrected", books.corrected(name))
                .put("expired", books.expired(name))
                .put("withdrawn", state.totals().withdrawnLabels())
                .put("drill", DrillText.labels(state))
                .put("sinceTraining", state.totals().labelsSinceTraining());
    }

    JsonObject versions(String model) {
        ModelState state = books.state(model);
        return new JsonObject().put("versions", array(state.versions(), version -> version(state, version)));
    }

    JsonObject version(String model, long number) {
        ModelState state = books.state(model);
        return version(state, find(state, number));
    }

    /** A version; refused as NOT_FOUND when there is none of this number. */
    VersionState find(ModelState state, long number) {
        return Optional.of(number)
                .filter(wanted -> wanted > 0 && wanted < state.nextVersion())
                .flatMap(wanted -> state.find(wanted.intValue()))
                .orElseThrow(() -> Failure.NOT_FOUND.because(Check.message(
                        "version", number, "a version of " + state.settings().name())));
    }

    private JsonObject version(ModelState state, VersionState version) {
        String name = state.settings().name();
        return new JsonObject()
                .put("version", version.number())
                .put("stage", version.stage().name())
                .put("share", state.route().map(t -> t.share(version.number())).orElse(0.0))
                .put("sha256", version.facts().sha256())
                .put("format", version.facts().format())
                .put("labels", new JsonArray(version.facts().labels()))
                .put("parent", version.facts().parent())
                .put("job", version.facts().job())
                .put("source", version.facts().source())
                .put(
                        "createdAt",
                        Instant.ofEpochMilli(version.facts().createdAtMillis()).toString())
                .put("note", version.facts().note())
                .put("tags", new JsonArray(version.facts().tags()))
                .put("live", LiveText.of(version))
                .put("labelling", LabellingText.of(state, version.number(), clock.millis()))
                .put("evidence", evidence(version))
                .put("assigned", TrafficText.assigned(state, version.number()))
                .put(
                        "shadow",
                        state.trial()
                                .filter(trial -> trial.candidate() == version.number())
                                .map(Reports::trial)
                                .orElse(null))
                .put("hostedOn", new JsonArray(nodes.hosting(name, version)));
    }

    private static JsonObject evidence(VersionState version) {
        return new JsonObject()
                .put("g", version.life().g())
                .put("threshold", version.life().threshold());
    }

    private static JsonObject trial(ShadowTrial trial) {
        return new JsonObject()
                .put("pairs", trial.pairs())
                .put("needed", trial.needed())
                .put("candidateRight", trial.candidateRight())
                .put("championRight", trial.championRight());
    }

    /** Events that an operation asks for. */
    static JsonObject events(EventStore store, History history, Operation operation) {
        Parameters parameters = Parameters.of(operation, "after", "since", "until", "model", "type", "limit");
        long limit = parameters.whole("limit", MAX_EVENTS);
        Parameters.check(limit >= 1 && limit <= MAX_EVENTS, "limit", limit, "1 to " + MAX_EVENTS);
        EventQuery query = new EventQuery(
                parameters.whole("after", 0),
                parameters.has("since") ? parameters.instant("since") : null,
                parameters.has("until") ? parameters.instant("until") : null,
                parameters.has("model") ? parameters.text("model", "") : null,
                parameters.has("type") ? parameters.text("type", "") : null,
                (int) limit);
        List<StoredEvent> events = store.events(query);
        if (events.isEmpty() && query.model() != null) {
            requireModel(store, history, query.model());
        }
        return new JsonObject().put("events", array(events, Reports::event));
    }

    /** Refused as NOT_FOUND unless a model is configured, or was once, so that the ledger tells of it. */
    private static void requireModel(EventStore store, History history, String model) {
        if (store.events(new EventQuery(0, null, null, model, null, 1)).isEmpty()) {
            history.settings(model);
        }
    }

    /** An event as people and programs read it. */
    static JsonObject event(StoredEvent event) {
        return new JsonObject()
                .put("seq", event.seq())
                .put("at", event.at().toString())
                .put("actor", event.actor())
                .put("type", event.type())
                .put("model", event.model())
                .put("summary", Changes.of(event).map(Change::summary).orElse(event.type()))
                .put("body", new JsonObject(event.body()));
    }

    private static <T> JsonArray array(Collection<T> values, Function<T, JsonObject> one) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(one.apply(value)));
        return array;
    }
}
