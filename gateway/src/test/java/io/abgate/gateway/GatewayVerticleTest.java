package io.abgate.gateway;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.gateway.inference.Inference;
import io.abgate.gateway.routing.Routes;
import io.abgate.model.HostedModels;
import io.abgate.model.routing.RouteBook;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.keys.KeyRing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class GatewayVerticleTest {
    @Test
    void instancesShareOnePort(Vertx vertx) throws IOException {
        Codecs.register(vertx.eventBus());
        ModelSettings mail = Models.mail();
        RouteBook book = Tables.book();
        Routes routes = new Routes(book);
        book.offer(Tables.sealed(table(5, version(1, Stage.CHAMPION, 1))));
        HostedModels hosted = new HostedModels();
        hosted.add("mail", 1, new HostedModels.Entry(FakeModel.ofText("sha1"), 1));
        Inference.Shared shared = new Inference.Shared(List.of(mail), routes, hosted, new SimpleMeterRegistry());
        GatewaySettings settings = new GatewaySettings("here", "127.0.0.1", freePort());
        KeyRing keys = Tables.KEYS;
        vertx.deployVerticle(
                        () -> new GatewayVerticle(settings, Map.of("mail", mail), keys, shared),
                        new DeploymentOptions().setInstances(2))
                .await();

        assertThat(statuses(settings.port(), 40)).containsOnly(200);
        assertThat(shared.meters().get("abgate.predictions").counter().count()).isEqualTo(40);
    }

    @Test
    void settingsSayWhatWasExpected() {
        assertThatThrownBy(() -> new GatewaySettings("here", "127.0.0.1", 65_536))
                .hasMessage("data.port: 65536 (expected: 0 to 65535)");
        assertThatThrownBy(() -> new GatewaySettings("", "127.0.0.1", 0)).hasMessage("node:  (expected: a name)");
    }

    private static List<Integer> statuses(int port, int requests) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/v2/models/mail/infer"))
                    .POST(BodyPublishers.ofString(textBody("a")))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            answers.add(client.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> answer.statusCode()));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
