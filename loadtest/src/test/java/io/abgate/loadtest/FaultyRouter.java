package io.abgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** Stands before a gateway and passes on what applications ask, each with a key of its own, but for what it loses. */
final class FaultyRouter {
    private static final int MOST_OPEN = 64;

    private final GatewayClient gateway;
    private final String model;
    private final RouteTable table;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Semaphore open = new Semaphore(MOST_OPEN);
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();
    private int asked;
    private int toVersion;

    /** Before the gateway of a model, by the table that is in force now. */
    FaultyRouter(GatewayClient gateway, String model) {
        this.gateway = gateway;
        this.model = model;
        JsonNode routes =
                gateway.get("/events?type=ROUTE&limit=1000&model=" + model).path("events");
        this.table = table(routes.path(routes.size() - 1).path("body").path("table"));
    }

    private static RouteTable table(JsonNode table) {
        List<RoutedVersion> versions = new ArrayList<>();
        table.path("versions")
                .forEach(one -> versions.add(new RoutedVersion(
                        one.path("version").asInt(),
                        Stage.valueOf(one.path("stage").asText()),
                        one.path("share").asDouble(),
                        one.path("sha256").asText())));
        return new RouteTable(
                table.path("model").asText(),
                table.path("modelId").asInt(),
                table.path("epoch").asLong(),
                RoutingMode.valueOf(table.path("mode").asText()),
                table.path("salt").asText(),
                versions,
                table.path("newest").asInt());
    }

    /** Has so many requests asked; of those that the gateway would give to {@code version}, each {@code nth} is lost. */
    void ask(int requests, int version, int nth) throws InterruptedException {
        for (int i = 0; i < requests; i++) {
            String key = "user-" + asked++;
            boolean toIt = Rendezvous.pick(table, Rendezvous.keyHash(table.salt(), key))
                            .version()
                    == version;
            toVersion += toIt ? 1 : 0;
            if (!(toIt && toVersion % nth == 0)) {
                pass(key);
            }
        }
        CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)).join();
        underWay.clear();
    }

    private void pass(String key) throws InterruptedException {
        open.acquire();
        HttpRequest request = gateway.data("/v2/models/" + model + "/infer")
                .header("X-Routing-Key", key)
                .POST(GatewayClient.body(GatewayClient.inputs("point", "FP64", List.of(List.of(0.25, 0.5)))))
                .build();
        underWay.add(http.sendAsync(request, BodyHandlers.ofString()).handle((answer, failure) -> {
            open.release();
            note(answer, failure);
            return true;
        }));
    }

    private void note(HttpResponse<String> answer, Throwable failure) {
        if (failure != null) {
            failed.add(failure.toString());
        } else if (answer.statusCode() != 200) {
            failed.add(answer.body());
        }
    }

    /** Requests that applications made, lost ones included. */
    int asked() {
        return asked;
    }

    /** What came in place of an answer. */
    List<String> failed() {
        return List.copyOf(failed);
    }
}
