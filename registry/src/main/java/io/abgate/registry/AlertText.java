package io.abgate.registry;

import io.abgate.registry.policy.Alert;
import io.abgate.registry.policy.AlertRaised;
import io.abgate.registry.policy.AlertRecovered;
import io.abgate.registry.policy.Change;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alerts as people and programs read them; what is no number is null. */
final class AlertText {
    private static final Logger LOG = LoggerFactory.getLogger("io.abgate.registry.Alerts");

    private AlertText() {}

    /** Those that have not recovered. */
    static JsonArray open(List<Alert> alerts) {
        JsonArray array = new JsonArray();
        alerts.forEach(alert -> array.add(new JsonObject()
                .put("kind", alert.kind().name())
                .put("version", version(alert.version()))
                .put("since", Instant.ofEpochMilli(alert.sinceMillis()).toString())
                .put("value", CheckText.number(alert.value()))
                .put("limit", CheckText.number(alert.limit()))
                .put("says", alert.says())
                .put("told", alert.told())));
        return array;
    }

    /** Whether people are to be told of a change. */
    static boolean isTold(Change change) {
        return (change instanceof AlertRaised raised && raised.told())
                || (change instanceof AlertRecovered recovered && recovered.told());
    }

    /** Says in the log what was committed, if it is for people. */
    static void log(String model, Change change) {
        if (isTold(change) && change instanceof AlertRaised) {
            LOG.warn("{}: {}", model, change.summary());
        } else if (isTold(change)) {
            LOG.info("{}: {}", model, change.summary());
        }
    }

    /** What a webhook is told. */
    static JsonObject message(String id, StoredEvent event, Change change) {
        JsonObject message = new JsonObject().put("id", id);
        if (change instanceof AlertRaised raised) {
            message.put("type", "alert.raised")
                    .put("model", event.model())
                    .put("version", version(raised.version()))
                    .put("kind", raised.kind().name())
                    .put("value", CheckText.number(raised.value()))
                    .put("limit", CheckText.number(raised.limit()))
                    .put("says", raised.says());
            when(message, raised.sinceMillis(), raised.atMillis());
        } else if (change instanceof AlertRecovered over) {
            message.put("type", "alert.recovered")
                    .put("model", event.model())
                    .put("version", version(over.version()))
                    .put("kind", over.kind().name())
                    .put("value", CheckText.number(over.value()))
                    .put("limit", CheckText.number(over.limit()))
                    .put("says", over.reason());
            when(message, over.sinceMillis(), over.atMillis());
            message.put("lastedSeconds", over.lastedSeconds());
        }
        return message.put("seq", event.seq());
    }

    private static void when(JsonObject message, long sinceMillis, long atMillis) {
        message.put("since", Instant.ofEpochMilli(sinceMillis).toString())
                .put("at", Instant.ofEpochMilli(atMillis).toString());
    }

    private static @Nullable Integer version(int version) {
        return version == 0 ? null : version;
    }
}
