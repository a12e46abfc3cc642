package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a prediction costs the machine, beside a server that does nothing but predict. Processor time by the operating
 * system's own accounting, in turns, so that both share whatever else the machine does.
 */
@Tag("serving")
class ServingCostTest {
    private static final int TURNS = Integer.getInteger("abgate.serving.turns", 7);
    private static final Duration TURN = Duration.ofMillis(Integer.getInteger("abgate.serving.turn.millis", 2_000));
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 16;
    private static final double MOST = 1.25;

    private static final String WITH_PROBABILITIES = OneLoop.BODY.substring(0, OneLoop.BODY.length() - 1)
            + ",\"outputs\":[{\"name\":\"label\"},{\"name\":\"confidence\"},{\"name\":\"probabilities\"}]}";

    @TempDir
    private Path folder;

    @Test
    void isLittleMoreThanThatOfABareServer() throws IOException {
        assumeThat(ProcessorTime.isKnownHere()).isTrue();
        Path configuration = OneLoop.settings(folder);
        int port = FreePorts.take(1).get(0);
        try (Serving gateway = Serving.start(
                                OneLoop.LAUNCH, folder.resolve("home"), "--config", configuration.toString())
                        .awaitSettled();
                ChildProcess bare = bareServer(gateway, port)) {
            split(gateway.client());
            URI there = URI.create(gateway.client().dataUrl() + "/v2/models/next-word/infer");
            URI beside = URI.create("http://127.0.0.1:" + port + "/");
            List<Long> ours = List.of(gateway.process().pid());
            List<Long> bareOnes = List.of(bare.pid());
            List<ServingCost> costs = ServingCost.measure(
                    List.of(
                            new ServingTarget("bare server", beside, OneLoop.BODY, bareOnes),
                            new ServingTarget("abgate", there, OneLoop.BODY, ours),
                            new ServingTarget("bare server, probabilities", beside, WITH_PROBABILITIES, bareOnes),
                            new ServingTarget("abgate, probabilities", there, WITH_PROBABILITIES, ours)),
                    new ServingCost.Turns(TURNS, TURN, WARM_UP, CONNECTIONS));
            String table = ServingCost.table(costs);
            System.out.print(table);
            Files.writeString(Path.of("target", "serving.md"), table);
            assertThat(costs.get(1).ratioTo(costs.get(0))).as(table).isLessThanOrEqualTo(MOST);
            assertThat(costs.get(3).ratioTo(costs.get(2))).as(table).isLessThanOrEqualTo(MOST);
        }
    }

    private ChildProcess bareServer(Serving gateway, int port) throws IOException {
        Path artifact = folder.resolve("artifact.json");
        Files.writeString(
                artifact,
                gateway.client().get("/models/next-word/versions/1/artifact").toString());
        ChildProcess bare = ChildProcess.startMain(OneLoop.LAUNCH, BareServer.class, "" + port, artifact.toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"));
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> GatewayClient.send(request.POST(HttpRequest.BodyPublishers.ofString(OneLoop.BODY)))
                                .statusCode()
                        == 200);
        return bare;
    }

    /** Half of all requests to a second version of the same size. */
    private static void split(GatewayClient client) {
        JsonNode artifact = client.get("/models/next-word/versions/1/artifact").deepCopy();
        ((ArrayNode) artifact.at("/layers/0/bias")).set(0, DoubleNode.valueOf(0.5));
        int second = client.register("next-word", artifact);
        ObjectNode order = GatewayClient.object();
        order.put("version", second).put("to", "canary").put("share", 0.5);
        client.post("/models/next-word/promote", order.put("reason", "to split").put("force", true));
        List<String> seen = new ArrayList<>();
        await().atMost(Serving.PATIENCE).until(() -> {
            JsonNode answer = GatewayClient.good(
                    client.data("/v2/models/next-word/infer").POST(HttpRequest.BodyPublishers.ofString(OneLoop.BODY)));
            seen.add(answer.path("parameters").path("route").asText());
            return seen.contains("canary") && seen.contains("champion");
        });
    }
}
