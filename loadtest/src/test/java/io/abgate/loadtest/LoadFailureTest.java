package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.loadtest.traffic.Arrivals;
import io.abgate.loadtest.traffic.FeedbackSettings;
import io.abgate.loadtest.traffic.Keys;
import io.abgate.loadtest.traffic.Load;
import io.abgate.loadtest.traffic.Plan;
import io.abgate.loadtest.traffic.Request;
import io.abgate.loadtest.traffic.TrafficSettings;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load test that cannot go on, which must not leave a report of what it sent before. */
class LoadFailureTest {
    private static final String BODY = "{\"inputs\":[{\"name\":\"row\",\"data\":[0]}]}";

    /** Rows that are read once when a request is sent, and once when its answer has come. */
    private static List<Request> failingAt(int reading) {
        AtomicInteger readings = new AtomicInteger();
        return new AbstractList<>() {
            @Override
            public Request get(int row) {
                if (readings.incrementAndGet() == reading) {
                    throw new OutOfMemoryError("planted");
                }
                return new Request(Buffer.buffer(BODY), "even");
            }

            @Override
            public int size() {
                return 1;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void failsWhenItsMemoryIsUsedUp(int reading) throws Exception {
        try (PlantedServer server = new PlantedServer().version("1", 0, row -> false)) {
            TrafficSettings settings = new TrafficSettings(
                    URI.create(server.url()),
                    "planted",
                    Arrivals.CONSTANT,
                    10,
                    Duration.ZERO,
                    Duration.ofMillis(600),
                    1000,
                    Duration.ofSeconds(5),
                    1,
                    new FeedbackSettings(0, Duration.ZERO, Duration.ZERO));
            Plan plan = new Plan(1, List.of(), new Keys(Keys.NONE), 1);
            Load load = new Load(settings, failingAt(reading), plan, status -> {});
            try {
                assertThatThrownBy(() -> load.run()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS))
                        .hasRootCauseInstanceOf(OutOfMemoryError.class)
                        .hasRootCauseMessage("planted");
            } finally {
                load.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
    }
}
