package io.abgate.registry;

import io.abgate.registry.contract.Operation;
import io.abgate.registry.policy.ModelAdded;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.PredictionKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the ledger holds of one prediction. */
final class Predictions {
    private static final int ALL = 100_000;

    private final EventStore store;
    private final History history;

    Predictions(EventStore store, History history) {
        this.store = store;
        this.history = history;
    }

    JsonObject answer(Operation operation) {
        Parameters parameters = Parameters.of(operation, "timeMillis", "nonce", "modelId", "epoch");
        Parameters.check(parameters.has("timeMillis"), "timeMillis", "nothing", "the time of a prediction");
        Parameters.check(parameters.has("nonce"), "nonce", "nothing", "the nonce of a prediction");
        String model = operation.model().isEmpty() ? model(parameters.whole("modelId", 0)) : operation.model();
        PredictionKey key = new PredictionKey(
                history.settings(model).name(), parameters.whole("timeMillis", 0), parameters.whole("nonce", 0));
        List<LabelRow> labels = store.labels(key);
        Long epoch = epoch(parameters, labels);
        return new JsonObject()
                .put("model", model)
                .put("timeMillis", key.timeMillis())
                .put("at", Instant.ofEpochMilli(key.timeMillis()).toString())
                .put("nonce", key.nonce())
                .put("labels", labels(labels, store.withdrawn(key)))
                .put("epoch", epoch)
                .put(
                        "route",
                        epoch == null
                                ? null
                                : store.route(model, epoch).map(JsonObject::new).orElse(null))
                .put(
                        "sampled",
                        store.sample(model, key.timeMillis(), key.nonce()).isPresent());
    }

    private String model(long modelId) {
        return store.events(new EventQuery(0, null, null, null, "MODEL_ADDED", ALL)).stream()
                .filter(event -> Changes.of(event)
                        .map(ModelAdded.class::cast)
                        .filter(added -> added.modelId() == modelId)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> Parameters.refusal("modelId", modelId, "the number of a model"))
                .model();
    }

    private static @Nullable Long epoch(Parameters parameters, List<LabelRow> labels) {
        if (parameters.has("epoch")) {
            return parameters.whole("epoch", 0);
        }
        return labels.isEmpty() ? null : labels.get(0).id().epoch();
    }

    private static JsonArray labels(List<LabelRow> labels, Set<Long> withdrawn) {
        JsonArray array = new JsonArray();
        labels.forEach(label -> array.add(new JsonObject()
                .put("seq", label.seq())
                .put("kind", label.kind().name())
                .put("truth", label.truth())
                .put("score", label.score())
                .put("arrivedAt", Instant.ofEpochMilli(label.arrivedAtMillis()).toString())
                .put("source", label.source())
                .put("withdrawn", withdrawn.contains(label.seq()))));
        return array;
    }
}
