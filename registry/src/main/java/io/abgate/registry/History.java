package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelFold;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.RoutePublished;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was live at a time: the fold of a model's changes up to then, without its labels. */
final class History {
    private static final int PAGE = 1_000;

    private final EventStore store;
    private final Map<String, ModelSettings> models;

    History(EventStore store, List<ModelSettings> models) {
        this.store = store;
        this.models = models.stream().collect(Collectors.toMap(ModelSettings::name, Function.identity()));
    }

    /** A model at a time. */
    static final class Moment {
        private final ModelFold fold;
        private long seq;
        private @Nullable StoredEvent lastChange;
        private @Nullable Instant since;
        private ReceiptsKept receipts = ReceiptsKept.NONE;

        private Moment(ModelSettings settings) {
            this.fold = new ModelFold(settings);
        }

        private void fold(StoredEvent event) {
            seq = event.seq();
            Optional<Change> change = Changes.of(event);
            change.ifPresent(known -> known.applyTo(fold, event.seq()));
            ReceiptsKept told = receipts;
            receipts = change.map(known -> told.after(known, event.seq())).orElse(told);
            if (change.filter(RoutePublished.class::isInstance).isPresent()) {
                since = event.at();
            } else if (change.isPresent() && receipts.equals(told)) { // a receipt changes nothing
                lastChange = event;
            }
        }

        Optional<RouteTable> table() {
            return fold.state().route();
        }
    }

    JsonObject answer(Operation operation) {
        Parameters parameters = Parameters.of(operation, "at");
        Instant at = at(parameters);
        Moment then = moment(operation.model(), at);
        ModelState state = then.fold.state();
        JsonObject answer = new JsonObject()
                .put("model", operation.model())
                .put("at", at == null ? null : at.toString())
                .put("seq", then.seq)
                .put("epoch", then.table().map(RouteTable::epoch).orElse(null))
                .put("since", then.since == null ? null : then.since.toString())
                .put("mode", state.mode().name().toLowerCase(Locale.ROOT))
                .put("paused", state.isPaused())
                .put("receipt", then.receipts.newest() == 0 ? null : then.receipts.newest());
        for (Stage stage : List.of(Stage.CHAMPION, Stage.STANDBY, Stage.CANARY, Stage.SHADOW)) {
            answer.put(
                    stage.name().toLowerCase(Locale.ROOT),
                    state.ofStage(stage).map(VersionState::number).orElse(null));
        }
        return answer.put("versions", then.table().map(History::versions).orElseGet(JsonArray::new))
                .put("lastChange", then.lastChange == null ? null : Reports.event(then.lastChange));
    }

    /** The time that is asked for; null for now. */
    static @Nullable Instant at(Parameters parameters) {
        return parameters.has("at") ? parameters.instant("at") : null;
    }

    /** Versions of a table with their shares. */
    static JsonArray versions(RouteTable table) {
        JsonArray versions = new JsonArray();
        table.versions()
                .forEach(version -> versions.add(new JsonObject()
                        .put("version", version.version())
                        .put("stage", version.stage().name())
                        .put("share", version.share())
                        .put("sha256", version.sha256())));
        return versions;
    }

    /**
     * A model as it was at a time.
     *
     * @param at null for now
     * @throws io.abgate.registry.contract.Refusal NOT_FOUND when there is no such model
     */
    Moment moment(String model, @Nullable Instant at) {
        ModelSettings settings = settings(model);
        // clocks may step back, and a change makes sense only after all those before it
        long[] last = {at == null ? Long.MAX_VALUE : 0};
        if (at != null) {
            read(model, at, event -> last[0] = event.seq());
        }
        Moment moment = new Moment(settings);
        read(model, null, event -> {
            if (event.seq() <= last[0]) {
                moment.fold(event);
            }
        });
        return moment;
    }

    /** Settings of a model; refused as NOT_FOUND when there is none of this name. */
    ModelSettings settings(String model) {
        ModelSettings settings = models.get(model);
        if (settings == null) {
            throw Failure.NOT_FOUND.because("model: " + model + " (expected: one of "
                    + String.join(", ", new TreeMap<>(models).keySet()) + ")");
        }
        return settings;
    }

    /** Shows the events of a model but those of its labels, in order. */
    private void read(String model, @Nullable Instant until, Consumer<StoredEvent> show) {
        long after = 0;
        List<StoredEvent> page;
        do {
            page = store.events(new EventQuery(after, null, until, model, null, PAGE));
            page.forEach(show);
            after = page.isEmpty() ? after : page.get(page.size() - 1).seq();
        } while (page.size() == PAGE);
    }
}
