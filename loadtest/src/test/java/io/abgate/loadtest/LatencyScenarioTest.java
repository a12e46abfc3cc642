package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.loadtest.comparison.Figures;
import io.abgate.loadtest.comparison.GeneratorHealth;
import io.abgate.loadtest.traffic.Arrivals;
import io.abgate.loadtest.traffic.FeedbackSettings;
import io.abgate.loadtest.traffic.Keys;
import io.abgate.loadtest.traffic.Load;
import io.abgate.loadtest.traffic.Plan;
import io.abgate.loadtest.traffic.Request;
import io.abgate.loadtest.traffic.Run;
import io.abgate.loadtest.traffic.TrafficSettings;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Latencies that hand arithmetic gives, and how somebody who waits for answers would not see them. */
@Tag("alone")
class LatencyScenarioTest {
    private static final String BODY =
            "{\"inputs\":[{\"name\":\"row\",\"datatype\":\"FP64\",\"shape\":[1,1],\"data\":[0]}]}";

    @TempDir
    Path folder;

    @Test
    void agreesWithHandArithmeticOnAStall() {
        // nobody is answered in the first 100 ms of each second: a tenth of the requests, evenly over the stall, wait
        // for its end, from 0 to 100 ms; so one in 20 waits more than 50 ms, one in 100 more than 90 ms
        try (PlantedServer server =
                new PlantedServer().version("1", 0, row -> false).stalling(100, 1000)) {
            LoadTestRun run = validRun(server);
            assertThat(run.millis("p50")).isLessThan(20);
            assertThat(run.millis("p95")).as(run.out()).isBetween(40.0, 80.0);
            assertThat(run.millis("p99")).as(run.out()).isBetween(80.0, 150.0);
            assertThat(run.out()).contains("MISSED  p99<60ms");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(run.unlessSaturated(1));
        }
    }

    private LoadTestRun validRun(PlantedServer server) {
        return LoadTestRun.valid(
                () -> LoadTestRun.of(server, folder, 10, "--rate 500 --duration 3s --warm-up 1s --threshold p99<60ms"));
    }

    @Test
    void wouldHideTheStallIfItWaitedForAnswers() throws IOException {
        try (PlantedServer server =
                new PlantedServer().version("1", 0, row -> false).stalling(100, 1000)) {
            long[] nanos = new long[1000];
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/v2/models/planted/infer"))
                    .POST(HttpRequest.BodyPublishers.ofString(BODY));
            for (int i = 0; i < nanos.length; i++) {
                long sent = System.nanoTime();
                assertThat(GatewayClient.send(request).statusCode()).isEqualTo(200);
                nanos[i] = System.nanoTime() - sent;
            }
            Arrays.sort(nanos);
            // a stall stops this client too, so it is met by one request in hundreds
            assertThat(nanos[nanos.length * 95 / 100] / 1e6).isLessThan(40);
            assertThat(nanos[nanos.length - 1] / 1e6).isGreaterThan(50);
        }
    }

    @Test
    void countsWhatTheGeneratorItselfDelays() throws Exception {
        AtomicBoolean isPlanted = new AtomicBoolean();
        try (PlantedServer server = new PlantedServer().version("1", 0, row -> false)) {
            Plan plan = new Plan(1, List.of(), new Keys(Keys.NONE), 1);
            Load load = new Load(settings(server), List.of(new Request(Buffer.buffer(BODY), "even")), plan, status -> {
                if (!status.isWarmUp() && isPlanted.compareAndSet(false, true)) {
                    spin(200);
                }
            });
            try {
                Run run = load.run().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
                Figures figures = Figures.of(run);
                GeneratorHealth health = GeneratorHealth.of(run);
                assertThat(figures.maxLatency()).isGreaterThan(150);
                assertThat(figures.latency(0.97)).isGreaterThan(30); // 100 of 500 were due while it spun
                assertThat(health.overTenMillis()).isGreaterThan(0.05);
                assertThat(health.isSaturated()).isTrue();
                assertThat(Judge.report(run, Map.of(), Optional.empty(), List.of())
                                .warnings())
                        .anySatisfy(warning -> assertThat(warning)
                                .startsWith("not valid, exit code 4: ")
                                .contains("could not keep up")
                                .contains("lower --rate"));
                assertThat(figures.arrivals()).isEqualTo(500);
            } finally {
                load.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static TrafficSettings settings(PlantedServer server) {
        return new TrafficSettings(
                URI.create(server.url()),
                "planted",
                Arrivals.CONSTANT,
                500,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                1000,
                Duration.ofSeconds(5),
                1,
                new FeedbackSettings(0, Duration.ZERO, Duration.ZERO));
    }

    private static void spin(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void countsWhatIsMissedAndWhatIsNeverAnswered() {
        try (PlantedServer server =
                new PlantedServer().version("1", 0, row -> false).answeringOnly(1)) {
            LoadTestRun run = LoadTestRun.of(
                    server,
                    folder,
                    10,
                    "--rate 100 --duration 1s --warm-up 0s --max-in-flight 10 --timeout 1500ms --threshold errors<1%");
            assertThat(run.count("missed")).isEqualTo(90);
            assertThat(run.count("timed-out")).isEqualTo(10);
            assertThat(run.report().path("all").path("errors").asDouble()).isEqualTo(1);
            assertThat(run.millis("p50")).isNaN(); // most were never answered
            assertThat(run.out()).contains("90 arrivals were missed");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }
}
