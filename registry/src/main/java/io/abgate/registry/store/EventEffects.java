package io.abgate.registry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.registry.store.LedgerCheck.Break;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What events left in other tables: routes, jobs, artifacts, checkpoints and withdrawals. */
final class EventEffects {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Handle handle;
    private final Map<String, String> checkpoints = new HashMap<>(); // newest body of each model
    private final List<Withdrawal> withdrawals = new ArrayList<>(); // an operator's rare deed
    private long routes;

    EventEffects(Handle handle) {
        this.handle = handle;
    }

    /** Withdrawals among the events that were looked at so far, oldest first; grows with them. */
    List<Withdrawal> withdrawals() {
        return withdrawals;
    }

    /** What is wrong with the effect of an event that is itself intact; null when nothing is. */
    @Nullable
    String missingOf(StoredEvent event) {
        return switch (event.type()) {
            case "ROUTE" -> route(event);
            case "JOB_QUEUED", "JOB_HELD" ->
                exists("job WHERE id = :key", parse(event).path("job").asLong()) ? null : "its job is missing";
            case "VERSION_REGISTERED" ->
                exists(
                                "artifact WHERE sha256 = :key",
                                parse(event).path("sha256").asText())
                        ? null
                        : "its artifact is missing";
            case Withdrawal.EVENT_TYPE -> withdrawal(event);
            case CheckpointTable.EVENT_TYPE -> {
                checkpoints.put(event.model(), event.body());
                yield null;
            }
            default -> null;
        };
    }

    private boolean exists(String where, Object key) {
        return handle.createQuery("SELECT 1 FROM " + where)
                .bind("key", key)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private @Nullable String route(StoredEvent event) {
        routes++;
        Optional<String> stored = RouteRows.find(handle, event.model(), event.seq());
        if (stored.isEmpty()) {
            return "its route table is missing";
        }
        JsonNode said = parse(event).path("table");
        return said.isMissingNode() || sameRoute(said, stored.get(), event.seq())
                ? null
                : "its route table was altered";
    }

    /** Whether a stored table is the one that the event says, which does not know its own number yet. */
    private static boolean sameRoute(JsonNode said, String stored, long epoch) {
        try {
            JsonNode table = MAPPER.readTree(stored);
            return table instanceof ObjectNode kept
                    && said instanceof ObjectNode published
                    && kept.path("epoch").asLong() == epoch
                    && kept.without("epoch").equals(published.deepCopy().without("epoch"));
        } catch (JsonProcessingException e) {
            return false; // it is certainly not what was written
        }
    }

    private @Nullable String withdrawal(StoredEvent event) {
        try {
            JsonNode body = parse(event);
            withdrawals.add(new Withdrawal(
                    event.seq(),
                    event.model(),
                    Instant.parse(body.path("from").asText()),
                    Instant.parse(body.path("to").asText()),
                    body.path("source").asText()));
            return null;
        } catch (DateTimeException e) {
            return "its range cannot be read: " + e.getMessage();
        }
    }

    /** The first row that no event explains; to be called when all events were looked at. */
    Optional<Break> strangers() {
        long rows = RouteRows.count(handle) - routes;
        if (rows != 0) {
            return Optional.of(new Break(0, "route tables that no event published: " + rows));
        }
        Map<String, String> stored = new HashMap<>();
        CheckpointTable.all(handle).forEach(row -> stored.put(row.model(), CheckpointTable.toBody(row)));
        return checkpoints.equals(stored)
                ? Optional.empty()
                : Optional.of(new Break(0, "checkpoints are not what their events say: " + differing(stored)));
    }

    private String differing(Map<String, String> stored) {
        List<String> models = new ArrayList<>(checkpoints.keySet());
        stored.keySet().stream().filter(model -> !models.contains(model)).forEach(models::add);
        models.removeIf(model -> String.valueOf(checkpoints.get(model)).equals(stored.get(model)));
        return String.join(", ", models);
    }

    /** An event's body, which is intact. */
    static JsonNode parse(StoredEvent event) {
        return parse(event.body());
    }

    /** The body of an event, which is intact. */
    static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new StoreException("an event's body cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
