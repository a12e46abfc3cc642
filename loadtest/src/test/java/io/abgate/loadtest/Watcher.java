package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Looks after a process while others keep it busy: health, metrics, operators' API, memory, and what it says to one more. */
final class Watcher implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 1_000;
    private static final long KILOBYTE = 1 << 10;
    private static final int LOOKS = 8;
    /** The first requests of a turn are answered, among which one who asks alone may always be. */
    private static final int AT_ONCE = 32;

    private final Serving serving;
    private final String body;
    private final String metrics;
    private final Thread thread = new Thread(this::watch, "watcher");
    private final List<String> unsound = new ArrayList<>();
    private volatile boolean isOver;
    private double slowestMillis;
    private long largestMemory;
    private int looks;
    private int refusals;

    /** Watches from now on, and asks for predictions with this body. */
    Watcher(Serving serving, String body) {
        this.serving = serving;
        this.body = body;
        this.metrics = serving.client().adminUrl() + "/metrics";
        thread.start();
    }

    private void watch() {
        try {
            while (!isOver) {
                look(serving.client().data("/v2/health/live"));
                look(serving.client().data("/v2/health/ready"));
                look(HttpRequest.newBuilder(URI.create(metrics)));
                look(serving.client().admin("/models/next-word"));
                askAtOnce(serving.client().data("/v2/models/next-word/infer").POST(BodyPublishers.ofString(body)));
                largestMemory = Math.max(largestMemory, memory(serving.process().pid()));
            }
        } catch (IOException | CompletionException e) {
            unsound.add(e.toString());
        }
    }

    private void look(HttpRequest.Builder request) throws IOException {
        long start = System.nanoTime();
        HttpResponse<String> response = GatewayClient.send(request);
        slowestMillis = Math.max(slowestMillis, (System.nanoTime() - start) / 1e6);
        looks++;
        if (response.statusCode() != 200) {
            unsound.add(response + " " + response.body());
        }
    }

    private void askAtOnce(HttpRequest.Builder request) {
        List<CompletableFuture<HttpResponse<String>>> asked = Stream.generate(
                        () -> GatewayClient.sendWithoutWaiting(request))
                .limit(AT_ONCE)
                .toList();
        asked.forEach(one -> check(one.join()));
    }

    private void check(HttpResponse<String> response) {
        boolean isRefused = response.statusCode() == 503
                && response.headers().firstValue("Retry-After").orElse("").equals("1")
                && response.body().startsWith("{\"error\":\"load: more than can be answered soon");
        refusals += isRefused ? 1 : 0;
        if (!isRefused && response.statusCode() != 200) {
            unsound.add(response + " " + response.body());
        }
    }

    /** Bytes of a process that are in memory. */
    static long memory(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long largestMemory() {
        return largestMemory;
    }

    void assertAllAnswersAreInForm() {
        assertThat(unsound).isEmpty();
    }

    /** What was not as promised while the process was busy. */
    List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        if (looks <= LOOKS || slowestMillis >= PATIENCE_MILLIS) {
            shortcomings.add("health, metrics or API were slow");
        }
        if (refusals == 0) {
            shortcomings.add("nobody else was refused");
        }
        return shortcomings;
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d looks at health, metrics and API, the slowest %.0f ms; %d refusals; %d MB in memory",
                looks,
                slowestMillis,
                refusals,
                largestMemory >> 20);
    }
}
