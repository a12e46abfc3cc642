package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that take each other's place while their process has all to do that it can. */
@Tag("swap")
class SwapTest {
    private static final int ROUNDS = Integer.getInteger("abgate.swap.rounds", 2);
    private static final int CONNECTIONS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofMillis(500);
    private static final int MOST_WINDOWS = 20;
    private static final double TIMES = 2;
    /** What this machine, which others use too, may add to any answer. */
    private static final double HICCUP_MILLIS = 2;

    @TempDir
    private Path folder;

    private final List<Witnessed> calm = new ArrayList<>();
    private final List<Witnessed> swaps = new ArrayList<>();

    @Test
    void nobodySeesAFailureAMixtureOrAColdVersion() throws Exception {
        String settings = OneLoop.settings(folder, "next-word").toString();
        try (Serving serving = Serving.start(OneLoop.LAUNCH, folder.resolve("home"), "--config", settings)
                .awaitSettled()) {
            URI infer = URI.create(serving.client().dataUrl() + "/v2/models/next-word/infer");
            ServingTarget target = new ServingTarget("abgate", infer, OneLoop.BODY, List.of());
            window(target, WARM_UP);
            for (int round = 1; round <= ROUNDS; round++) {
                JsonNode first = serving.client().get("/models/next-word/versions/1/artifact");
                int second = serving.client().register("next-word", other(first, round));
                calm.add(window(target, WINDOW));
                calm.add(window(target, WINDOW));
                swap(serving, target, second, "promote", promotion(second));
                swap(serving, target, 1, "rollback", GatewayClient.object().put("reason", "to see it"));
            }
        }
        double normal = p99Millis(calm);
        double swapping = p99Millis(swaps);
        System.out.printf(
                Locale.ROOT,
                "%d promotions and as many rollbacks under full load: %d answers, none failed; p99 %.2f ms without, %.2f ms"
                        + " with one in that half second%n",
                ROUNDS,
                swaps.stream().mapToInt(window -> window.nanos().length).sum(),
                normal,
                swapping);
        assertThat(swapping).isLessThan(TIMES * Math.max(normal, HICCUP_MILLIS));
    }

    /** Says another label than the first, and is another version each time. */
    private static JsonNode other(JsonNode first, int round) {
        return Shipped.nudged(Shipped.mislabelled(first), round / 1e3);
    }

    private static ObjectNode promotion(int version) {
        ObjectNode order = GatewayClient.object().put("version", version).put("to", "champion");
        return order.put("reason", "to see it").put("force", true);
    }

    /** Every answer must be good, else the loop fails. */
    private static Witnessed window(ServingTarget target, Duration length) {
        Witnessed witnessed = new Witnessed();
        try (ClosedLoop loop = new ClosedLoop(target, CONNECTIONS, witnessed)) {
            loop.run(length);
        }
        assertThat(witnessed.labels().values())
                .allSatisfy(labels -> assertThat(labels).hasSize(1))
                .doesNotHaveDuplicates();
        return witnessed;
    }

    /** Orders it, and goes on until most are answered by this version. */
    private void swap(Serving serving, ServingTarget target, int to, String word, ObjectNode order) throws Exception {
        CompletableFuture<JsonNode> ordered =
                CompletableFuture.supplyAsync(() -> serving.client().post("/models/next-word/" + word, order));
        Witnessed last = window(target, WINDOW);
        swaps.add(last);
        for (int more = 0; more < MOST_WINDOWS && 2 * last.count(to) < last.nanos().length; more++) {
            last = window(target, WINDOW);
            swaps.add(last);
        }
        ordered.get(10, TimeUnit.SECONDS);
        assertThat(last.count(to)).isGreaterThan(last.nanos().length / 2);
    }

    private static double p99Millis(List<Witnessed> windows) {
        long[] nanos = windows.stream()
                .flatMapToLong(window -> Arrays.stream(window.nanos()))
                .sorted()
                .toArray();
        return nanos[nanos.length * 99 / 100] / 1e6;
    }
}
