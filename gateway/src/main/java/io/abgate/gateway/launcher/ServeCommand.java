package io.abgate.gateway.launcher;

import io.abgate.gateway.configuration.Configuration;
import io.abgate.gateway.configuration.Configuration.Cluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a process until it is told to end. */
@Command(
        name = "serve",
        description = "Run a gateway, model host and registry, or some of them, until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "An abgate.yaml; models/ and datasets/ beside it.")
    private @Nullable Path config;

    @Option(names = "--roles", paramLabel = "ROLES", description = "Some of gateway,model,registry.")
    private @Nullable String roles;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Set one key, over everything else.")
    private List<String> assignments = List.of();

    /** The build has the classes archived that this takes. */
    @Option(names = "--try", hidden = true, description = "Twice in a home that is deleted, until every model answers.")
    private boolean isTry;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return isTry ? tried() : served();
    }

    private int served() throws InterruptedException {
        List<String> all = new ArrayList<>(assignments);
        if (roles != null) {
            all.add("roles=" + roles);
        }
        Configuration configuration = Configuration.load(config, System.getenv(), all);
        warnIfUnlisted(configuration.cluster());
        RunningNode node = RunningNode.start(configuration);
        announce(node, configuration);
        node.awaitEnd();
        return node.hasFailed() ? 1 : 0;
    }

    /** It works, as this one finds the others; but who starts after it does without it for a while. */
    private void warnIfUnlisted(Cluster cluster) {
        if (!cluster.isListed()) {
            LOG.warn(
                    "cluster.members: {} (expected: {}:{} too, which is this process: others that start after it are"
                            + " a cluster of their own until it has found them)",
                    String.join(", ", cluster.members()),
                    cluster.host(),
                    cluster.port());
        }
    }

    private int tried() throws IOException, InterruptedException {
        TemporaryHome home = TemporaryHome.create();
        List<String> all = new ArrayList<>(home.assignments());
        int port = freePort();
        all.addAll(List.of("cluster.port=" + port, "cluster.members=127.0.0.1:" + port)); // of itself alone
        Configuration configuration = Configuration.load(config, Map.of(), all);
        startAndEnd(RunningNode.start(configuration), configuration);
        // most starts are on a home that is known, of which a state has to be read
        startAndEnd(RunningNode.start(configuration, home::delete), configuration);
        return 0;
    }

    private void startAndEnd(RunningNode started, Configuration configuration)
            throws IOException, InterruptedException {
        try (started) {
            announce(started, configuration);
            Readiness.await(Objects.requireNonNull(started.dataUrl()));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void announce(RunningNode node, Configuration configuration) {
        PrintWriter out = spec.commandLine().getOut();
        String roleNames = configuration.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(", "));
        out.println("abgate serves the roles " + roleNames + ", state in " + configuration.home());
        if (node.dataUrl() != null) {
            out.println("  applications  " + node.dataUrl() + "/v2");
        }
        out.println("  operators     " + node.adminUrl() + "/api/v1");
        out.println("  metrics       " + node.adminUrl() + "/metrics");
        out.flush();
    }
}
