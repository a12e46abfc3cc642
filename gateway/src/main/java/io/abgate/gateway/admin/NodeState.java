package io.abgate.gateway.admin;

import io.abgate.gateway.routing.Overrides;
import io.abgate.model.routing.KnownTable;
import io.abgate.registry.keys.KeyRing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** How this process stands, as JSON. */
final class NodeState {
    private NodeState() {}

    static JsonObject of(LocalNode node) {
        List<String> roles = node.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return new JsonObject()
                .put("node", node.name())
                .put("roles", new JsonArray(roles))
                .put("storeId", node.book().binding().storeId().orElse(null))
                .put("incarnation", node.incarnation())
                .put("routes", routes(node))
                .put("overrides", overrides(node))
                .put("keys", keys(node.keys()));
    }

    private static JsonArray routes(LocalNode node) {
        JsonArray routes = new JsonArray();
        for (KnownTable known : new TreeMap<>(node.book().tables()).values()) {
            routes.add(new JsonObject()
                    .put("model", known.table().model())
                    .put("epoch", known.table().epoch())
                    .put("ageSeconds", node.book().ageSeconds(known))
                    .put("stale", known.stale()));
        }
        return routes;
    }

    private static JsonArray overrides(LocalNode node) {
        JsonArray running = new JsonArray();
        Overrides overrides = node.overrides();
        if (overrides != null) {
            overrides.running().forEach(one -> running.add(LocalApi.json(one)));
        }
        return running;
    }

    private static JsonObject keys(KeyRing keys) {
        return new JsonObject()
                .put("newest", keys.current().newest())
                .put("signing", keys.signing())
                .put("verifying", new JsonArray(keys.current().ids()));
    }
}
