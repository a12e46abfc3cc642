package io.abgate.gateway.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whether applications are answered by every model, as {@code /v2/health/ready} says. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 20;
    private static final int OK = 200;

    private Readiness() {}

    /**
     * Waits until they are.
     *
     * @throws StartException when they are not within a minute
     */
    static void await(String dataUrl) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(dataUrl + "/v2/health/ready"))
                .timeout(PATIENCE)
                .build();
        long startNanos = System.nanoTime();
        while (client.send(request, BodyHandlers.discarding()).statusCode() != OK) {
            if (System.nanoTime() - startNanos > PATIENCE.toNanos()) {
                throw new StartException(new IllegalStateException("not ready within " + PATIENCE.toSeconds() + " s"));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
