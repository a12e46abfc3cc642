package io.abgate.gateway.admin;

import io.abgate.gateway.health.ClusterHealth;
import io.abgate.gateway.health.ClusterHealth.Gathered;
import io.abgate.model.routing.KnownTable;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Answers how versions answer, from all gateway nodes and with or without a registry. */
final class HealthApi {
    private final LocalNode node;
    private final ClusterHealth cluster;

    HealthApi(LocalNode node, ClusterHealth cluster) {
        this.node = node;
        this.cluster = cluster;
    }

    void mount(Endpoints endpoints) {
        endpoints.read("/api/v1/models/:model/health").handler(this::health);
    }

    private void health(RoutingContext context) {
        String model = context.pathParam("model");
        if (!node.errorRateLimits().containsKey(model)) {
            throw Failure.NOT_FOUND.because(Check.message(
                    "model",
                    model,
                    "one of "
                            + String.join(
                                    ", ", new TreeSet<>(node.errorRateLimits().keySet()))));
        }
        cluster.ask(List.of(model)).onSuccess(gathered -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(text(model, gathered).everything(routed(model)).toBuffer()));
    }

    private Optional<List<RoutedVersion>> routed(String model) {
        return node.book().find(model).map(KnownTable::table).map(RouteTable::versions);
    }

    private HealthText text(String model, Gathered gathered) {
        return new HealthText(model, node.errorRateLimits().getOrDefault(model, 0.0), gathered);
    }

    /** What a registry answers of one model, or of all, with its health at each version. */
    Future<Answer> addedTo(Future<Answer> report, String model) {
        Collection<String> models = model.isEmpty() ? node.errorRateLimits().keySet() : List.of(model);
        Future<Gathered> asked = cluster.ask(models); // meanwhile
        return report.compose(answer -> asked.map(gathered -> new Answer(
                answer.status(), added(new JsonObject(answer.body()), gathered).encode())));
    }

    private JsonObject added(JsonObject report, Gathered gathered) {
        each(report, "models").forEach(model -> added(model, gathered));
        HealthText text = text(report.getString("model", ""), gathered);
        each(report, "versions").forEach(version -> version.put("health", text.recent(version.getInteger("version"))));
        return report;
    }

    private static Stream<JsonObject> each(JsonObject report, String name) {
        return report.getJsonArray(name, new JsonArray()).stream().map(JsonObject.class::cast);
    }
}
