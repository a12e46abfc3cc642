package io.abgate.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.abgate.registry.policy.AlertRaised;
import io.abgate.registry.policy.AlertRecovered;
import io.abgate.registry.policy.AutomationSet;
import io.abgate.registry.policy.BaselineTaken;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.DrillBegan;
import io.abgate.registry.policy.DryVerdict;
import io.abgate.registry.policy.JobEnded;
import io.abgate.registry.policy.JobHeld;
import io.abgate.registry.policy.JobQueued;
import io.abgate.registry.policy.LabelsVoided;
import io.abgate.registry.policy.ModelAdded;
import io.abgate.registry.policy.PromotionApproved;
import io.abgate.registry.policy.PromotionHeld;
import io.abgate.registry.policy.Receipt;
import io.abgate.registry.policy.RetrainingHeld;
import io.abgate.registry.policy.RoutePublished;
import io.abgate.registry.policy.RoutingSet;
import io.abgate.registry.policy.StageChanged;
import io.abgate.registry.policy.TimePassed;
import io.abgate.registry.policy.TrafficCounted;
import io.abgate.registry.policy.VerdictLapsed;
import io.abgate.registry.policy.VersionChecked;
import io.abgate.registry.policy.VersionRegistered;
import io.abgate.registry.store.StoredEvent;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Changes as bodies of events, and back. */
final class Changes {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    private static final Map<String, Class<? extends Change>> TYPES = types();

    private Changes() {}

    private static Map<String, Class<? extends Change>> types() {
        Map<String, Class<? extends Change>> types = new HashMap<>(Map.of(
                "MODEL_ADDED", ModelAdded.class,
                "VERSION_REGISTERED", VersionRegistered.class,
                "PAUSED", AutomationSet.class,
                "RESUMED", AutomationSet.class,
                "ROUTING_SET", RoutingSet.class,
                "JOB_QUEUED", JobQueued.class,
                "JOB_ENDED", JobEnded.class,
                "ROUTE", RoutePublished.class));
        types.put(LabelsVoided.TYPE, LabelsVoided.class);
        types.put("BASELINE_TAKEN", BaselineTaken.class);
        types.put("CHECKED", VersionChecked.class);
        types.put(AlertRaised.TYPE, AlertRaised.class);
        types.put(AlertRecovered.TYPE, AlertRecovered.class);
        types.put(AlertsDelivered.TYPE, AlertsDelivered.class);
        types.put("JOB_HELD", JobHeld.class);
        types.put(TrafficCounted.TYPE, TrafficCounted.class);
        types.put(RetrainingHeld.TYPE, RetrainingHeld.class);
        types.put("DRILLED", DrillBegan.class);
        types.put(DryVerdict.TYPE, DryVerdict.class);
        types.put(PromotionHeld.TYPE, PromotionHeld.class);
        types.put(PromotionApproved.TYPE, PromotionApproved.class);
        types.put(VerdictLapsed.TYPE, VerdictLapsed.class);
        types.put(Restored.TYPE, Restored.class);
        types.put(KeysBound.TYPE, KeysBound.class);
        types.put(SuitesRun.TYPE, SuitesRun.class);
        types.put(Receipt.TYPE, Receipt.class);
        types.put(SettingsInForce.TYPE, SettingsInForce.class);
        types.put(Overridden.BEGAN, Overridden.class);
        types.put(SamplesPruned.TYPE, SamplesPruned.class);
        types.put(TimePassed.TYPE, TimePassed.class);
        types.put(Overridden.ENDED, Overridden.class);
        for (StageChanged.Kind kind : StageChanged.Kind.values()) {
            types.put(kind.name(), StageChanged.class);
        }
        return Map.copyOf(types);
    }

    /** JSON text of a value. */
    static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value as it is printed. */
    static Map<String, Object> tree(Object value) {
        return MAPPER.convertValue(value, new TypeReference<>() {});
    }

    /** A value that was printed; an IllegalArgumentException when it is of another shape. */
    static <T> T value(Map<String, Object> tree, Class<T> type) {
        return MAPPER.convertValue(tree, type);
    }

    /** The fields of a value as JSON. */
    static JsonNode fields(Object value) {
        return parsed(json(value));
    }

    /** Text that is JSON. */
    static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The change behind an event; empty for the ledger's own events. */
    static Optional<Change> of(StoredEvent event) {
        Class<? extends Change> type = TYPES.get(event.type());
        if (type == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(event.body(), type));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("event " + event.seq() + " (" + event.type() + ") cannot be read", e);
        }
    }
}
