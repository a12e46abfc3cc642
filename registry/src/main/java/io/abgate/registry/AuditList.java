package io.abgate.registry;

import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.SampleBatch.Asked;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.SampleRow;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Predictions whose label is asked for, has not come, and would still count. */
final class AuditList {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    private final EventStore store;
    private final History history;
    private final InstantSource clock;

    AuditList(EventStore store, History history, InstantSource clock) {
        this.store = store;
        this.history = history;
        this.clock = clock;
    }

    JsonObject answer(Operation operation) {
        Parameters parameters = Parameters.of(operation, "limit");
        long limit = parameters.whole("limit", USUAL);
        Parameters.check(limit >= 1 && limit <= MOST, "limit", limit, "1 to " + MOST);
        ModelSettings settings = history.settings(operation.model());
        Instant since =
                clock.instant().minus(Duration.ofDays(settings.labelling().keepDays()));
        JsonArray predictions = new JsonArray();
        store.askedFor(settings.name(), since, (int) limit).forEach(row -> predictions.add(prediction(row)));
        return new JsonObject()
                .put("model", settings.name())
                .put("auditOneIn", settings.labelling().auditOneIn())
                .put("predictions", predictions);
    }

    private static JsonObject prediction(SampleRow row) {
        Asked asked = Objects.requireNonNull(row.asked());
        return new JsonObject()
                .put("id", asked.predictionId())
                .put("time", Instant.ofEpochMilli(row.timeMillis()).toString())
                .put("version", asked.version())
                .put("input", input(row.input()));
    }

    /** A pruned one has none. */
    private static @Nullable Object input(String text) {
        return text.isEmpty() ? null : Json.decodeValue(text);
    }
}
