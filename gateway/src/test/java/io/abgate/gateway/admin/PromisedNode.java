package io.abgate.gateway.admin;

import io.abgate.gateway.launcher.RunningNode;
import io.abgate.gateway.launcher.SmallNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/** A whole node, every answer of which is held against the contract that it serves. */
final class PromisedNode implements AutoCloseable {
    static final String MODEL = "/api/v1/models/next-word";

    final Contract contract;

    private final Vertx vertx = Vertx.vertx();
    private final RunningNode node;

    PromisedNode(Path home) throws InterruptedException {
        this(SmallNode.start(home));
    }

    PromisedNode(RunningNode node) {
        this.node = node;
        contract = new Contract(vertx, node.adminUrl());
    }

    @Override
    public void close() {
        node.close();
        vertx.close().await();
    }

    void awaitPrediction() {
        SmallNode.awaitPrediction(node);
    }

    JsonObject get(String operation, String path) {
        return read(operation, path, 200);
    }

    JsonObject read(String operation, String path, int status) {
        return contract.answer(operation, "GET", path, "", status);
    }

    JsonObject write(String operation, String method, String path, JsonObject body, int status) {
        return contract.answer(operation, method, path, body.encode(), status);
    }
}
