package io.abgate.gateway.admin;

import io.abgate.gateway.health.ClusterHealth.Gathered;
import io.abgate.registry.contract.HealthReport.OfVersion;
import io.abgate.registry.domain.ErrorRate;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Health.Lifetime;
import io.abgate.registry.domain.Health.Status;
import io.abgate.registry.domain.Measurement.Latency;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Health of a model's versions as people and programs read it: times are seconds, what is not known is null. */
final class HealthText {
    private final String model;
    private final double limit;
    private final Gathered gathered;
    private final Map<Integer, OfVersion> versions = new TreeMap<>();

    /**
     * What was gathered of a model.
     *
     * @param limit of its error rate
     */
    HealthText(String model, double limit, Gathered gathered) {
        this.model = model;
        this.limit = limit;
        this.gathered = gathered;
        gathered.of(model).versions().forEach(version -> versions.put(version.version(), version));
    }

    /**
     * Everything.
     *
     * @param routed versions that are told of even when nobody asked them anything; those with a share of live traffic
     *     decide the model's status, all where nothing is known of routes
     */
    JsonObject everything(Optional<List<RoutedVersion>> routed) {
        Map<Integer, String> stages = new TreeMap<>();
        versions.keySet().forEach(version -> stages.put(version, ""));
        routed.ifPresent(table -> table.forEach(
                version -> stages.put(version.version(), version.stage().name())));
        JsonArray all = new JsonArray();
        stages.forEach((version, stage) -> all.add(version(version, stage.isEmpty() ? null : stage)));
        JsonArray nodes = new JsonArray();
        gathered.nodes()
                .forEach((node, answered) ->
                        nodes.add(new JsonObject().put("node", node).put("answered", answered)));
        return new JsonObject()
                .put("model", model)
                .put("status", status(judged(routed)).word())
                .put("errorRateLimit", limit)
                .put("window", Health.WINDOW)
                .put("rejected", gathered.of(model).rejected())
                .put("complete", gathered.isComplete())
                .put("nodes", nodes)
                .put("versions", all);
    }

    /** What a version that was taken back did to its users is over. */
    private Set<Integer> judged(Optional<List<RoutedVersion>> routed) {
        return routed.map(table -> table.stream()
                        .filter(version -> version.share() > 0)
                        .map(RoutedVersion::version)
                        .collect(Collectors.toSet()))
                .orElse(versions.keySet());
    }

    /** The worst that is known of any of these by its users. */
    private Status status(Set<Integer> judged) {
        Set<Status> all = judged.stream()
                .map(version -> at(version, Traffic.USERS).status(limit))
                .collect(Collectors.toSet());
        if (all.contains(Status.DEGRADED)) {
            return Status.DEGRADED;
        }
        return all.contains(Status.HEALTHY) ? Status.HEALTHY : Status.NO_DATA;
    }

    private JsonObject version(int version, @Nullable String stage) {
        JsonObject all = new JsonObject().put("version", version).put("stage", stage);
        all.mergeIn(full(at(version, Traffic.USERS)));
        return all.put(Traffic.PINNED.label(), full(at(version, Traffic.PINNED)))
                .put(Traffic.COPIES.label(), full(at(version, Traffic.COPIES)));
    }

    private Health at(int version, Traffic traffic) {
        OfVersion known = versions.get(version);
        return known == null ? Health.NONE : known.at(traffic);
    }

    private JsonObject full(Health health) {
        return recent(health).put("lifetime", lifetime(health.lifetime()));
    }

    /** How a version answered users lately. */
    JsonObject recent(int version) {
        return recent(at(version, Traffic.USERS));
    }

    private JsonObject recent(Health health) {
        return rate(health.window())
                .put("status", health.status(limit).word())
                .put("confidence", number(health.confidence()))
                .put("latency", latency(health.latency()));
    }

    private static JsonObject lifetime(Lifetime lifetime) {
        return rate(lifetime.attempts())
                .put("predictions", lifetime.predictions())
                .put("rejected", lifetime.rejected());
    }

    private static JsonObject rate(ErrorRate rate) {
        return new JsonObject()
                .put("attempts", rate.attempts())
                .put("errors", rate.errors())
                .put("errorRate", rate.attempts() == 0 ? null : rate.value());
    }

    private static JsonObject latency(Latency latency) {
        return new JsonObject()
                .put("mean", number(latency.mean()))
                .put("p50", number(latency.p50()))
                .put("p95", number(latency.p95()))
                .put("p99", number(latency.p99()))
                .put("max", number(latency.max()));
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
