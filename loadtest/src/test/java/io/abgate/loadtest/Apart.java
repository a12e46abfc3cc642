package io.abgate.loadtest;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A registry in one process, gateway and models in another, a home each: what the second serves it keeps itself. */
final class Apart implements AutoCloseable {
    private static final String KEYS = "token.keys";

    private final Path homes;
    private final Membership membership = Membership.of(2);
    private Serving registry;
    private Serving gateway;

    /** Starts both. */
    Apart(Path homes) throws IOException {
        this.homes = homes;
        startRegistry();
        Files.createDirectories(gatewayHome());
        Files.copy(homes.resolve("registry").resolve(KEYS), gatewayHome().resolve(KEYS));
        startGateway();
        gateway.awaitSettled();
    }

    /** Where routes and artifacts are kept. */
    Path gatewayHome() {
        return homes.resolve("gateway");
    }

    void startRegistry() {
        registry = start("registry", "registry", 0);
        await().atMost(Serving.PATIENCE).until(() -> registry.process().out().contains("operators"));
    }

    /** Returns before it serves. */
    void startGateway() {
        gateway = start("gateway", "gateway,model", 1);
    }

    private Serving start(String home, String roles, int place) {
        List<String> arguments = new ArrayList<>(List.of("--set", "roles=" + roles));
        arguments.addAll(membership.settings(place));
        return Serving.start(homes.resolve(home), Sides.and(arguments));
    }

    Serving registry() {
        return registry;
    }

    Serving gateway() {
        return gateway;
    }

    @Override
    public void close() {
        gateway.close();
        registry.close();
    }
}
