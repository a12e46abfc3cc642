package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Suites that the registry chooses and a model node in another process runs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SuitesTest {
    private static final String SUITES = "/models/" + Sides.NAME + "/suites";

    private static Apart apart;

    @BeforeAll
    static void start(@TempDir Path homes) throws IOException {
        apart = new Apart(homes);
    }

    @AfterAll
    static void end() {
        apart.close();
    }

    @Test
    @Order(1)
    void areRunOnTheModelNodeWhoeverIsAsked() {
        for (Serving asked : new Serving[] {apart.registry(), apart.gateway()}) {
            JsonNode report = asked.client().post(SUITES, GatewayClient.object());
            assertThat(report.path("verdict").asText()).as(report.toString()).isEqualTo("passed");
            assertThat(report.path("cases")).hasSize(3);
            assertThat(report.at("/cases/1/output").asText()).isIn("left", "right");
            assertThat(report.at("/cases/2/reason").asText()).startsWith("refused: ");
        }
    }

    @Test
    @Order(1)
    void werePassedByTheFirstVersionBeforeItServed() {
        JsonNode gates = apart.registry().client().get("/jobs/1").path("gates");
        assertThat(gates).anySatisfy(gate -> {
            assertThat(gate.path("gate").asText()).isEqualTo("suites");
            assertThat(gate.path("says").asText()).isEqualTo("3 of 3 cases passed");
        });
    }

    @Test
    @Order(2)
    void tellWhyAVersionWhoseNumbersOverflowFails() {
        GatewayClient client = apart.gateway().client();
        int wild =
                client.register(Sides.NAME, overflowing(client.get("/models/" + Sides.NAME + "/versions/1/artifact")));
        JsonNode report = client.post(SUITES, GatewayClient.object().put("version", wild));
        assertThat(report.path("verdict").asText()).isEqualTo("failed");
        JsonNode far = report.at("/cases/1");
        assertThat(far.path("verdict").asText()).as(report.toString()).isEqualTo("failed");
        assertThat(far.path("reason").asText()).contains("expected: a finite number");
        assertThat(far.path("output").isNull()).isTrue();
    }

    private static JsonNode overflowing(JsonNode artifact) {
        ObjectNode changed = artifact.deepCopy();
        for (JsonNode layer : changed.path("layers")) {
            for (JsonNode row : layer.path("weights")) {
                for (int i = 0; i < row.size(); i++) {
                    ((ArrayNode) row).set(i, 1e308);
                }
            }
        }
        return changed;
    }

    @Test
    @Order(3)
    void areNotRunWithoutAModelNode() {
        apart.gateway().process().kill();
        await().atMost(Serving.PATIENCE).untilAsserted(() -> {
            HttpResponse<String> answer = GatewayClient.send(
                    apart.registry().client().admin(SUITES).POST(GatewayClient.body(GatewayClient.object())));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("suites: nobody who runs them");
        });
    }
}
