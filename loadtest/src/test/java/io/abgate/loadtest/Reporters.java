package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.security.PredictionTokens;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that report labels as fast as they are acknowledged, for predictions whose ids they made themselves. */
final class Reporters {
    private final GatewayClient client;
    private final PredictionTokens tokens;
    private final long epoch;
    private long nonce;

    /** Reporters of a process with this home. */
    Reporters(GatewayClient client, Path home) {
        this.client = client;
        this.tokens = new PredictionTokens(KeyRing.of(TokenKeys.load(home)));
        this.epoch = client.model(Sides.NAME).at("/routing/epoch").asLong();
    }

    /**
     * What a run took.
     *
     * @param nanos from the first request to the last answer
     * @param answerNanos of each request, sorted
     */
    record Run(long labels, long nanos, List<Long> answerNanos) {
        double labelsPerSecond() {
            return labels * 1e9 / nanos;
        }

        /** Milliseconds within which such a part of the requests was answered. */
        double millis(double part) {
            return answerNanos.get((int) Math.min(answerNanos.size() - 1, part * answerNanos.size())) / 1e6;
        }
    }

    /** Has so many clients send so many requests in all, each of so many labels; all have to be taken. */
    Run run(int clients, int requests, int labels) throws IOException {
        List<Callable<List<Long>>> work = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            List<HttpRequest.Builder> own = requests(requests / clients, labels);
            work.add(() -> send(own, labels));
        }
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long start = System.nanoTime();
            List<Long> nanos = new ArrayList<>();
            for (Future<List<Long>> done : threads.invokeAll(work)) {
                nanos.addAll(done.get());
            }
            long took = System.nanoTime() - start;
            nanos.sort(null);
            return new Run((long) nanos.size() * labels, took, nanos);
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Long> send(List<HttpRequest.Builder> requests, int labels) throws IOException {
        List<Long> nanos = new ArrayList<>(requests.size());
        for (HttpRequest.Builder request : requests) {
            long start = System.nanoTime();
            HttpResponse<String> response = GatewayClient.send(request);
            nanos.add(System.nanoTime() - start);
            assertThat(response.body()).contains("\"accepted\":" + labels + ",");
        }
        return nanos;
    }

    private List<HttpRequest.Builder> requests(int count, int labels) {
        List<HttpRequest.Builder> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requests.add(client.data("/v2/models/" + Sides.NAME + "/feedback")
                    .POST(HttpRequest.BodyPublishers.ofString(body(labels))));
        }
        return requests;
    }

    private String body(int labels) {
        StringBuilder body = new StringBuilder("{\"feedback\":[");
        for (int i = 0; i < labels; i++) {
            String truth = nonce % 10 == 0 ? "right" : "left";
            body.append(i == 0 ? "" : ",").append("{\"prediction_id\":\"").append(tokens.sign(next()));
            body.append("\",\"truth\":\"").append(truth).append("\"}");
        }
        return body.append("]}").toString();
    }

    /** A prediction of "left" by the first version, each of another user. */
    private PredictionId next() {
        nonce++;
        return new PredictionId(0, 0, 1, 1, 1, 0, 0.9f, epoch, nonce * 31, System.currentTimeMillis(), nonce);
    }
}
