package io.abgate.gateway.admin;

import io.abgate.gateway.launcher.RunningNode;
import io.abgate.gateway.launcher.SmallNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** A whole node, every answer of which is held against the contract that it serves. */
final class PromisedNode implements AutoCloseable {
    static final String MODEL = "/api/v1/models/next-word";

    final Contract contract;

    private final Vertx vertx = Vertx.vertx();
    private final RunningNode node;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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

    /** A user asks, and the application says how good the answer was: nothing by one version, all by the others. */
    void reward(String user, int worthless) throws IOException, InterruptedException {
        String url = node.dataUrl() + "/v2/models/next-word";
        String question =
                "{\"inputs\":[{\"name\":\"context\",\"datatype\":\"BYTES\",\"shape\":[1,1],\"data\":[\"the\"]}]}";
        JsonObject answer = new JsonObject(post(url + "/infer", question, user));
        JsonObject said = new JsonObject()
                .put("prediction_id", answer.getJsonObject("parameters").getString("prediction_id"))
                .put("reward", answer.getString("model_version").equals(String.valueOf(worthless)) ? 0 : 1);
        post(url + "/feedback", said.encode(), user);
    }

    private String post(String url, String body, String user) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .header("X-Routing-Key", user)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
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
