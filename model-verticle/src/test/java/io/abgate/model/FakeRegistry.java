package io.abgate.model;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.ArtifactRequest;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.Seal;
import io.abgate.registry.keys.TokenKeys;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A registry that says what it is told to. */
final class FakeRegistry {
    static final KeyRing KEYS = KeyRing.of(TokenKeys.random());

    final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();
    final List<String> fetched = new CopyOnWriteArrayList<>();
    final List<NodeReport> reports = new CopyOnWriteArrayList<>();
    volatile RouteTables tables = sealed(List.of());

    FakeRegistry(Vertx vertx) {
        Codecs.register(vertx.eventBus());
        vertx.eventBus().consumer(Addresses.ROUTES, message -> message.reply(tables));
        vertx.eventBus().consumer(Addresses.ARTIFACT, this::artifact);
        vertx.eventBus().<NodeReport>consumer(Addresses.NODES, message -> reports.add(message.body()));
    }

    private void artifact(Message<ArtifactRequest> message) {
        String sha256 = message.body().sha256();
        fetched.add(sha256);
        byte[] bytes = artifacts.get(sha256);
        if (bytes == null) {
            message.fail(Failure.NOT_FOUND.status(), "artifact: " + sha256 + " (expected: a stored one)");
        } else {
            message.reply(new Artifact(bytes));
        }
    }

    String store(Model model) {
        artifacts.put(model.sha256(), model.artifact());
        return model.sha256();
    }

    /** The first is the champion, the others are shadows; versions count from 1. */
    static RouteTables table(long epoch, String... shas) {
        List<RoutedVersion> versions = IntStream.range(0, shas.length)
                .mapToObj(
                        i -> new RoutedVersion(i + 1, i == 0 ? Stage.CHAMPION : Stage.SHADOW, i == 0 ? 1 : 0, shas[i]))
                .toList();
        return sealed(List.of(new RouteTable("mail", 1, epoch, RoutingMode.SPLIT, "", versions, 9)));
    }

    private static RouteTables sealed(List<RouteTable> tables) {
        RouteTables open = new RouteTables("store", tables, "");
        return open.sealed(new Seal(KEYS, RouteTables.PURPOSE).of(open.text()));
    }
}
