package io.abgate.gateway.launcher;

import static org.awaitility.Awaitility.await;

import io.abgate.gateway.configuration.Configuration;
import io.abgate.gateway.configuration.Role;
import io.abgate.registry.domain.Labelling;
import io.abgate.registry.domain.ModelSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A whole node with the smallest of the shipped models alone. */
public final class SmallNode {
    private static final String MODEL = "next-word";
    private static final String QUESTION =
            "{\"inputs\":[{\"name\":\"context\",\"datatype\":\"BYTES\",\"shape\":[1,1],\"data\":[\"the\"]}]}";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SmallNode() {}

    /** Starts one on free ports. */
    public static RunningNode start(Path home) throws InterruptedException {
        return RunningNode.start(configuration(home, 0, 0));
    }

    /** Starts one on free ports that asks for the label of one prediction in so many. */
    public static RunningNode startAsking(Path home, int oneIn) throws InterruptedException {
        Configuration plain = configuration(home, 0, 0);
        return RunningNode.start(new Configuration(
                plain.data(),
                plain.admin(),
                plain.overload(),
                plain.home(),
                plain.roles(),
                plain.cluster(),
                plain.store(),
                plain.webhook(),
                plain.models().stream().map(model -> asking(model, oneIn)).toList(),
                plain.datasets()));
    }

    private static ModelSettings asking(ModelSettings model, int oneIn) {
        return new ModelSettings(
                model.name(),
                model.labels(),
                model.input(),
                model.blueprint(),
                model.data(),
                model.training(),
                model.gate(),
                model.rollout(),
                model.routing(),
                model.serving(),
                new Labelling(model.labelling().keepDays(), model.labelling().maturitySeconds(), oneIn),
                model.monitor(),
                model.suites());
    }

    /** One on free ports that is no registry, and hears of none. */
    static RunningNode startWithoutRegistry(Path home) throws InterruptedException {
        return RunningNode.start(configuration(home, 0, 0, Set.of(Role.GATEWAY, Role.MODEL)));
    }

    static Configuration configuration(Path home, int dataPort, int adminPort) {
        return configuration(home, dataPort, adminPort, Set.of(Role.values()));
    }

    private static Configuration configuration(Path home, int dataPort, int adminPort, Set<Role> roles) {
        Configuration all = Configuration.load(
                null, Map.of(), List.of("data.port=" + dataPort, "admin.port=" + adminPort, "home=" + home));
        return new Configuration(
                all.data(),
                all.admin(),
                all.overload(),
                all.home(),
                roles,
                all.cluster(),
                all.store(),
                all.webhook(),
                all.models().stream()
                        .filter(model -> model.name().equals(MODEL))
                        .toList(),
                all.datasets());
    }

    /** Waits until its model answers. */
    public static void awaitPrediction(RunningNode node) {
        await().atMost(Duration.ofSeconds(30)).until(() -> predict(node).contains("\"label\""));
    }

    /** What its model answers. */
    public static String predict(RunningNode node) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(node.dataUrl() + "/v2/models/" + MODEL + "/infer"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(QUESTION)));
    }

    /** What there is. */
    public static String get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
    }
}
