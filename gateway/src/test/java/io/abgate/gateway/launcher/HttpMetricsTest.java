package io.abgate.gateway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpMetricsTest {
    @TempDir
    private Path home;

    @Test
    void everyListenerIsCountedByRouteAndStatus() throws Exception {
        try (RunningNode node = SmallNode.start(home)) {
            SmallNode.awaitPrediction(node);
            String metrics = SmallNode.get(node.adminUrl() + "/metrics");
            assertThat(metrics.lines().filter(line -> line.startsWith("abgate_")))
                    .isNotEmpty();
            assertThat(metrics)
                    .contains("route=\"/v2/models/:model/infer\"")
                    .containsPattern(
                            "vertx_http_server_requests_total\\{code=\"200\",local=\"127.0.0.1:[^\"]+\",route=");
        }
    }

    @Test
    void metricsDoNotGrowWithWhatClientsAskFor() throws Exception {
        try (RunningNode node = SmallNode.start(home)) {
            SmallNode.awaitPrediction(node);
            for (int i = 0; i < 20; i++) {
                SmallNode.get(node.dataUrl() + "/v2/nothing/" + i);
                SmallNode.get(node.dataUrl() + "/v2/models/nobody" + i + "/ready");
                SmallNode.get(node.adminUrl() + "/api/v1/models/nobody" + i);
                SmallNode.send(HttpRequest.newBuilder(URI.create(node.dataUrl() + "/v2"))
                        .method("METHOD" + i, BodyPublishers.noBody()));
            }
            String metrics = SmallNode.get(node.adminUrl() + "/metrics");
            assertThat(metrics.lines().filter(line -> line.startsWith("vertx_")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("vertx_http_server_"))
                    .noneMatch(line -> line.contains("nobody") || line.contains("nothing") || line.contains("METHOD"));
        }
    }
}
