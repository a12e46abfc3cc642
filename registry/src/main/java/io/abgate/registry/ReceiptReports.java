package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.policy.Receipt;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Receipts as people and programs read them. */
final class ReceiptReports {
    private static final List<String> SETTINGS = List.of("rollout", "training", "gate", "monitor");

    private final EventStore store;

    ReceiptReports(EventStore store) {
        this.store = store;
    }

    JsonObject answer(Operation operation) {
        Parameters.of(operation);
        return report(event(operation.number()));
    }

    /** The event of a receipt; refused as NOT_FOUND when there is none of this number. */
    StoredEvent event(long number) {
        return at(number, Receipt.TYPE)
                .orElseThrow(
                        () -> Failure.NOT_FOUND.because(Check.message("receipt", number, "the number of a receipt")));
    }

    private Optional<StoredEvent> at(long seq, @Nullable String type) {
        if (seq < 1) {
            return Optional.empty();
        }
        return store.events(new EventQuery(seq - 1, null, null, null, type, 1)).stream()
                .filter(event -> event.seq() == seq)
                .findFirst();
    }

    /** The settings that a receipt was made under. */
    SettingsInForce settings(Receipt receipt) {
        return at(receipt.policy().settings(), SettingsInForce.TYPE)
                .flatMap(Changes::of)
                .map(SettingsInForce.class::cast)
                .orElseThrow(() -> Failure.CONFLICT.because(
                        Check.message("settings", receipt.policy().settings(), "an event that holds them")));
    }

    /** The receipt behind an event. */
    static Receipt receipt(StoredEvent event) {
        return (Receipt) Changes.of(event).orElseThrow();
    }

    private JsonObject report(StoredEvent event) {
        JsonObject body = full(event);
        JsonObject policy = body.getJsonObject("policy");
        JsonObject settings = new JsonObject(settings(receipt(event)).settings());
        SETTINGS.forEach(name -> policy.put(name, settings.getValue(name)));
        return body.put("act", act(event));
    }

    /** A receipt with every field that it can have. */
    static JsonObject full(StoredEvent event) {
        JsonObject answer = new JsonObject()
                .put("id", event.seq())
                .put("at", event.at().toString())
                .put("model", event.model())
                .put("statistic", null)
                .put("threshold", null)
                .put("budget", null)
                .put("standing", null)
                .put("epoch", null);
        return answer.mergeIn(new JsonObject(event.body()));
    }

    /** What the verdict did, which comes right behind its receipt; null when nothing was to be done. */
    private @Nullable JsonObject act(StoredEvent event) {
        return at(event.seq() + 1, null)
                .filter(next -> Long.valueOf(event.seq()).equals(new JsonObject(next.body()).getLong("receipt")))
                .map(Reports::event)
                .orElse(null);
    }
}
