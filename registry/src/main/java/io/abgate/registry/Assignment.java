package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Why a routing key gets the version that it gets. */
final class Assignment {
    private final History history;

    Assignment(History history) {
        this.history = history;
    }

    JsonObject answer(Operation operation) {
        Parameters parameters = Parameters.of(operation, "key", "at");
        Parameters.check(parameters.has("key"), "key", "nothing", "a routing key");
        String key = parameters.text("key", "");
        RouteTable table = history.moment(operation.model(), History.at(parameters))
                .table()
                .orElseThrow(() -> Failure.CONFLICT.because("assignment: no route table of " + operation.model()
                        + " (expected: a time at which it had one)"));
        long keyHash = Rendezvous.keyHash(table.salt(), key);
        RoutedVersion picked = Rendezvous.pick(table, keyHash);
        return new JsonObject()
                .put("model", table.model())
                .put("key", key)
                .put("keyHash", String.format(Locale.ROOT, "%016x", keyHash))
                .put("salt", table.salt())
                .put("epoch", table.epoch())
                .put("version", picked.version())
                .put("stage", picked.stage().name())
                .put("route", route(table, picked).label())
                .put("share", picked.share())
                .put("versions", scores(table, keyHash));
    }

    private static Route route(RouteTable table, RoutedVersion picked) {
        if (table.mode() == RoutingMode.ADAPTIVE) {
            return Route.ADAPTIVE;
        }
        if (table.mode() == RoutingMode.ENSEMBLE) {
            return Route.ENSEMBLE;
        }
        return switch (picked.stage()) {
            case CANARY -> Route.CANARY;
            case STANDBY -> Route.CONTROL;
            case CHAMPION, SHADOW, CANDIDATE, REJECTED, QUARANTINED, RETIRED -> Route.CHAMPION;
        };
    }

    private static JsonArray scores(RouteTable table, long keyHash) {
        JsonArray versions = new JsonArray();
        table.versions()
                .forEach(version -> versions.add(new JsonObject()
                        .put("version", version.version())
                        .put("share", version.share())
                        .put("score", Rendezvous.score(version, keyHash))));
        return versions;
    }
}
