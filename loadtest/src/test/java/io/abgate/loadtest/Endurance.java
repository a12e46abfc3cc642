package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** A process under predictions, labels and orders, to which something happens that it has to live through. */
final class Endurance implements AutoCloseable {
    /** A message to the registry is given up after 5 s; the rest is what a test machine may add. */
    private static final Duration PROMPTLY = Duration.ofSeconds(6);

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int PREDICTING = 2;
    private static final List<Sides.Point> POINT = List.of(new Sides.Point(0.25, 0.5));

    private final Serving serving;
    private final Random random = new Random(7);
    private final Application application = new Application();
    private final Operator operator = Operator.ofAutomation();
    private final Ledger ledger = new Ledger(Sides.NAME);

    private Endurance(Serving serving) {
        this.serving = serving;
    }

    /** Starts a process with this home, which keeps its truth in this database. */
    static Endurance of(Path home, Database database) {
        return of(home, database, Launch.QUICK);
    }

    /** Starts one in this way. */
    static Endurance of(Path home, Database database, Launch launch) {
        return new Endurance(
                Serving.start(launch, home, Sides.and(database.settings())).awaitSettled());
    }

    Serving serving() {
        return serving;
    }

    GatewayClient client() {
        return serving.client();
    }

    /** A request of somebody who expects an answer. */
    private interface Request {
        HttpResponse<String> send() throws IOException;
    }

    /** Has predictions answered all the time, and writes refused only while the fault is there. */
    void refusesWritesDuring(Supplier<Fault> breaking) throws IOException {
        predictsThroughout(() -> {
            Fault fault = breaking.get();
            try {
                // what room a file had left may be used up first
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> prompt(this::label).statusCode() == 503);
                Refusals.assertUnavailable(prompt(this::label));
                Refusals.assertUnavailable(prompt(this::order));
            } finally {
                fault.close();
            }
            await().atMost(SOON).until(() -> prompt(this::label).statusCode() == 200);
            await().atMost(SOON).until(() -> prompt(this::order).statusCode() == 200);
        });
    }

    /** Has predictions answered and writes taken all the time. */
    void worksDuring(Supplier<Fault> breaking) throws IOException {
        predictsThroughout(() -> {
            Fault fault = breaking.get();
            try {
                assertThatWritesAreTaken("meanwhile");
            } finally {
                fault.close();
            }
            assertThatWritesAreTaken("afterwards");
        });
    }

    private void assertThatWritesAreTaken(String when) throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(prompt(this::label).statusCode()).as(when).isEqualTo(200);
        }
        assertThat(prompt(this::order).statusCode()).as(when).isEqualTo(200);
    }

    private void predictsThroughout(Event event) throws IOException {
        Traffic traffic = Traffic.of(PREDICTING, () -> GatewayClient.send(Sides.infer(client(), POINT)));
        try (traffic) {
            assertThatWritesAreTaken("before");
            event.happens();
            assertThatWritesAreTaken("in the end");
        }
        assertThat(traffic.failed()).isEmpty();
        assertThat(serving.process().isAlive()).isTrue();
        checkThatNothingIsLost();
    }

    /** Whether predictions come from this version. */
    boolean answeredBy(int version) throws IOException {
        HttpResponse<String> answer = GatewayClient.send(Sides.infer(client(), POINT));
        return GatewayClient.json(answer.body()).path("model_version").asText().equals(String.valueOf(version));
    }

    /** By how many hours the events of the process are before or behind the time here. */
    long hoursAhead() throws IOException {
        assertThat(order().statusCode()).isEqualTo(200);
        Duration ahead = Duration.between(Instant.now(), ledger.read(client()).lastAt());
        return Math.round(ahead.toMillis() / (double) Duration.ofHours(1).toMillis());
    }

    private void checkThatNothingIsLost() throws IOException {
        ledger.read(client());
        application.check(client(), ledger);
        operator.check(client(), ledger);
        assertThat(client().model(Sides.NAME).at("/labels/accepted").asInt()).isEqualTo(application.sent());
        assertThat(Ledger.stages(client().model(Sides.NAME)))
                .isEqualTo(ledger.read(client()).stages());
        Ledger.assertIntact(client());
    }

    private HttpResponse<String> label() throws IOException {
        return application.report(client(), random);
    }

    private HttpResponse<String> order() throws IOException {
        return operator.order(client(), random);
    }

    private static HttpResponse<String> prompt(Request request) throws IOException {
        long start = System.nanoTime();
        HttpResponse<String> response = request.send();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
        return response;
    }

    @Override
    public void close() {
        serving.close();
    }
}
