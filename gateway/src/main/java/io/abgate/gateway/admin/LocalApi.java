package io.abgate.gateway.admin;

import io.abgate.gateway.routing.Overrides;
import io.abgate.gateway.routing.Overriding;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;

/** What this process answers by itself, with or without a registry: its state, overrides, and what an id says. */
final class LocalApi {
    private static final String OVERRIDE = "/api/v1/models/:model/override";

    private final Vertx vertx;
    private final LocalNode node;
    private final DecodedIds ids;

    LocalApi(Vertx vertx, LocalNode node) {
        this.vertx = vertx;
        this.node = node;
        this.ids = new DecodedIds(vertx, node);
    }

    void mount(Endpoints endpoints) {
        endpoints.read("/api/v1/node").handler(context -> answer(context, NodeState.of(node)));
        endpoints.read("/api/v1/predictions/:id").handler(this::decode);
        endpoints.write(HttpMethod.POST, OVERRIDE).handler(this::begin);
        endpoints.remove(OVERRIDE).handler(this::end);
    }

    private void decode(RoutingContext context) {
        ids.decode(context.pathParam("id")).onComplete(said -> answer(context, said), context::fail);
    }

    private void begin(RoutingContext context) {
        String model = context.pathParam("model");
        OverrideRequest request = OverrideRequest.read(JsonBody.bytes(context));
        Overrides overrides = overrides();
        vertx.executeBlocking(() -> overrides.begin(model, request.version(), request.ttl(), request.reason()), false)
                .onComplete(begun -> answer(context, json(begun)), context::fail);
    }

    private void end(RoutingContext context) {
        String model = context.pathParam("model");
        Overrides overrides = overrides();
        vertx.executeBlocking(() -> overrides.end(model), false)
                .map(ended -> ended.orElseThrow(() ->
                        Failure.NOT_FOUND.because(Check.message("override", "none of " + model, "one that runs here"))))
                .onComplete(ended -> answer(context, json(ended)), context::fail);
    }

    private Overrides overrides() {
        Overrides overrides = node.overrides();
        if (overrides == null) {
            throw Failure.CONFLICT.because(
                    Check.message("override", "a process that routes nothing", "one with the role gateway"));
        }
        return overrides;
    }

    static JsonObject json(Overriding one) {
        return new JsonObject()
                .put("model", one.model())
                .put("version", one.version())
                .put("until", Instant.ofEpochMilli(one.until()).toString())
                .put("node", one.node())
                .put("id", one.id())
                .put("reason", one.reason());
    }

    private static void answer(RoutingContext context, JsonObject body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }
}
