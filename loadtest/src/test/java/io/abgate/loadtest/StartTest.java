package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a clustered process takes until every model answers, with the archive of classes and without it, in turns. */
@Tag("start")
class StartTest {
    private static final int TURNS = 5;
    private static final Path JAR = Path.of(System.getProperty("abgate.jar")).toAbsolutePath();
    private static final Map<String, String> HOME = Map.of("JAVA_HOME", System.getProperty("java.home"));
    private static final String SCRIPT =
            Path.of("..", "bin", "abgate").toAbsolutePath().normalize().toString();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path home;

    /** Until all is ready: by the clock, and on processors. */
    private record Start(double wallMillis, double processorMillis) {}

    @Test
    void theArchiveOfTheBuildIsFoundAndSparesMuchOfIt() throws IOException {
        assumeThat(ProcessorTime.isKnownHere()).isTrue();
        assertThat(JAR.resolveSibling("abgate.jsa")).exists();
        start(List.of(SCRIPT)); // trains the first versions
        List<Start> without = new ArrayList<>();
        List<Start> with = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            without.add(start(List.of(JAVA, "-jar", JAR.normalize().toString())));
            with.add(start(List.of(SCRIPT)));
        }
        String says = String.format(
                Locale.ROOT,
                "serve, clustered, ready after %.0f ms and %.0f ms of processor time without the archive, %.0f and %.0f with it",
                wall(without),
                processor(without),
                wall(with),
                processor(with));
        System.out.println(says);
        Files.writeString(Path.of("target", "start.md"), says);
        assertThat(processor(with)).isLessThan(0.9 * processor(without));
    }

    private Start start(List<String> program) throws IOException {
        List<Integer> ports = FreePorts.take(3);
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("serve", "--set", "home=" + home, "--set", "data.port=" + ports.get(0)));
        command.addAll(List.of("--set", "admin.port=" + ports.get(1), "--set", "cluster.port=" + ports.get(2)));
        command.addAll(List.of("--set", "cluster.members=127.0.0.1:" + ports.get(2)));
        GatewayClient client = new GatewayClient(ports.get(0), ports.get(1));
        long startNanos = System.nanoTime();
        try (ChildProcess process = ChildProcess.startCommand(HOME, command.toArray(String[]::new))) {
            await().atMost(Serving.PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() ->
                            GatewayClient.send(client.data("/v2/health/ready")).statusCode() == 200);
            double wallMillis = (System.nanoTime() - startNanos) / 1e6;
            double processorMillis = ProcessorTime.micros(List.of(process.pid())) / 1e3;
            process.terminate();
            process.awaitExit(Serving.PATIENCE);
            return new Start(wallMillis, processorMillis);
        }
    }

    private static double wall(List<Start> starts) {
        return starts.stream().mapToDouble(Start::wallMillis).sorted().toArray()[TURNS / 2];
    }

    private static double processor(List<Start> starts) {
        return starts.stream().mapToDouble(Start::processorMillis).sorted().toArray()[TURNS / 2];
    }
}
