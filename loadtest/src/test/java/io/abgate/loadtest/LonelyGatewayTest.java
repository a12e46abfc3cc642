package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A gateway keeps what it needs to serve on its own disk, and takes nothing from there that was altered. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LonelyGatewayTest {
    private static final List<Sides.Point> POINT = List.of(new Sides.Point(0.25, 0.5));

    private static Apart apart;
    private static final Application APPLICATION = new Application();

    private final Random random = new Random(3);

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
    void servesTheChampionThatItKnewWhenItStartsWithoutARegistry() throws IOException {
        assertThat(feedback()).isEqualTo(200);
        apart.registry().process().kill();
        apart.gateway().process().kill();
        apart.startGateway();
        JsonNode alone = awaitAnswer();
        assertThat(alone.at("/parameters/route").asText()).isEqualTo("champion");
        assertThat(alone.at("/parameters/route_stale").asBoolean()).isTrue();
        assertThat(feedback()).isEqualTo(503);
        apart.startRegistry();
        await().atMost(Serving.PATIENCE)
                .until(() -> !awaitAnswer().path("parameters").has("route_stale"));
        await().atMost(Serving.PATIENCE).until(() -> feedback() == 200);
        APPLICATION.check(apart.gateway().client(), new Ledger(Sides.NAME));
    }

    @Test
    @Order(2)
    void asksTheRegistryForWhatWasAlteredOnItsDisk() throws IOException {
        apart.gateway().process().kill();
        truncate(apart.gatewayHome().resolve("routes.json"));
        alter(onlyFile(apart.gatewayHome().resolve("artifacts")));
        apart.startGateway();
        assertThat(awaitAnswer().path("parameters").has("route_stale")).isFalse();
        assertThat(feedback()).isEqualTo(200);
        assertThat(apart.gateway().process().err())
                .contains("routes.json", "is not what its name says")
                .doesNotContain("\tat ");
        Ledger.assertIntact(apart.gateway().client());
    }

    private static JsonNode awaitAnswer() {
        return await().atMost(Serving.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(LonelyGatewayTest::ask, answer -> answer.statusCode() == 200)
                .body()
                .transform(GatewayClient::json);
    }

    private static HttpResponse<String> ask() throws IOException {
        return GatewayClient.send(Sides.infer(apart.gateway().client(), POINT));
    }

    private int feedback() throws IOException {
        return APPLICATION.report(apart.gateway().client(), random).statusCode();
    }

    private static void truncate(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    private static void alter(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
