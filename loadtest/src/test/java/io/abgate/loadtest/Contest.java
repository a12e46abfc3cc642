package io.abgate.loadtest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured beside each other with one model: a server that does nothing but predict, abgate with all that it does,
 * and those proxies that are installed here, each before that server.
 */
final class Contest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String model;
    private final String body;
    private final Serving gateway;
    private final Path folder;
    private final List<Runnable> ends = new ArrayList<>();
    private final ChildProcess bare;
    private final int barePort = FreePorts.take(1).get(0);
    private final List<Peer> peers;

    /** Starts all of them, and waits until each answers this request; halves abgate's traffic between two versions. */
    Contest(Path folder, String model, String body) throws IOException {
        this.model = model;
        this.body = body;
        this.folder = folder;
        gateway = start("abgate", 0);
        bare = ChildProcess.startMain(OneLoop.LAUNCH, BareServer.class, "" + barePort, model, artifact(folder));
        ends.add(bare::close);
        awaitAnswer(url(barePort));
        peers = Peer.start(folder, barePort);
        peers.forEach(peer -> ends.add(peer::close));
        peers.forEach(peer -> awaitAnswer(url(peer.port())));
    }

    private Serving start(String name, int samples) throws IOException {
        Path own = folder.resolve(name);
        String settings = OneLoop.settings(own, model, samples).toString();
        Serving started = Serving.start(OneLoop.LAUNCH, own.resolve("home"), "--config", settings)
                .awaitSettled();
        ends.add(started::close);
        split(started.client());
        return started;
    }

    private String artifact(Path folder) throws IOException {
        return Files.writeString(
                        folder.resolve("artifact.json"),
                        firstArtifact(gateway.client()).toString())
                .toString();
    }

    private JsonNode firstArtifact(GatewayClient client) {
        return client.get("/models/" + model + "/versions/1/artifact");
    }

    /** Half of all requests to a second version of the same size. */
    private void split(GatewayClient client) {
        int second = client.register(model, Shipped.nudged(firstArtifact(client), 0.5));
        ObjectNode order = GatewayClient.object();
        order.put("version", second).put("to", "canary").put("share", 0.5);
        client.post(
                "/models/" + model + "/promote", order.put("reason", "to split").put("force", true));
        Set<String> seen = new HashSet<>();
        await().atMost(Serving.PATIENCE).until(() -> {
            JsonNode answer =
                    GatewayClient.good(HttpRequest.newBuilder(url(client)).POST(BodyPublishers.ofString(body)));
            seen.add(answer.path("parameters").path("route").asText());
            return seen.containsAll(Set.of("canary", "champion"));
        });
    }

    private void awaitAnswer(URI url) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> GatewayClient.send(HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body)))
                                .statusCode()
                        == 200);
    }

    private URI url(GatewayClient client) {
        return URI.create(client.dataUrl() + path());
    }

    private URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + path());
    }

    private String path() {
        return "/v2/models/" + model + "/infer";
    }

    /** All of them: the bare server, abgate, then the proxies before the bare server. */
    List<ServingTarget> targets() {
        List<ServingTarget> targets = new ArrayList<>(targets("", body));
        for (Peer peer : peers) {
            List<Long> pids = new ArrayList<>(peer.pids());
            pids.add(bare.pid());
            targets.add(new ServingTarget(peer.name() + " and bare server", url(peer.port()), body, pids));
        }
        return targets;
    }

    /** Another abgate, started now, which samples as many inputs a second: what storing them takes is in its cost. */
    ServingTarget sampling(int samples) throws IOException {
        Serving started = start("sampling" + samples, samples);
        return new ServingTarget(
                String.format(Locale.ROOT, "abgate, at most %,d inputs a second sampled and stored", samples),
                url(started.client()),
                body,
                List.of(started.process().pid()));
    }

    /** The bare server and abgate alone, with another request. */
    List<ServingTarget> targets(String suffix, String otherBody) {
        return List.of(
                new ServingTarget("bare server" + suffix, url(barePort), otherBody, List.of(bare.pid())),
                new ServingTarget(
                        "abgate" + suffix,
                        url(gateway.client()),
                        otherBody,
                        List.of(gateway.process().pid())));
    }

    @Override
    public void close() {
        for (int i = ends.size() - 1; i >= 0; i--) {
            ends.get(i).run();
        }
    }
}
