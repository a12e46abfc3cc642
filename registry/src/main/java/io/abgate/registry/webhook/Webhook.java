package io.abgate.registry.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts messages to a receiver, each with headers by which the libraries of Standard Webhooks verify it, and again while
 * it is not taken. A message keeps its id, so that a receiver can tell one that it has had; each attempt is signed with
 * a time of its own, because receivers refuse old ones.
 */
public final class Webhook {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final int GONE = 410;

    private final Vertx vertx;
    private final HttpClient client;
    private final WebhookTarget target;
    private final InstantSource clock;
    private final WebhookCounts counts;

    /** A sender whose connections end with the verticle on whose context it is made. */
    public Webhook(Vertx vertx, WebhookTarget target, InstantSource clock, WebhookCounts counts) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false)); // alerts are rare
        this.target = target;
        this.clock = clock;
        this.counts = counts;
    }

    /**
     * Sends one, until it is taken or given up, which is said in the log and counted. The future fails with neither, but
     * only when {@code goesOn} says no.
     *
     * @param id in letters, digits, hyphens and underscores; the same for the same message, always
     * @param body JSON text
     * @param goesOn asked before each attempt
     */
    public Future<Void> send(String id, String body, BooleanSupplier goesOn) {
        return send(id, body, goesOn, 1);
    }

    private Future<Void> send(String id, String body, BooleanSupplier goesOn, int number) {
        if (!goesOn.getAsBoolean()) {
            return Future.failedFuture("not sent: no longer ours to send");
        }
        return attempt(id, body).transform(answered -> {
            String failure = answered.succeeded() ? failure(answered.result()) : reason(answered.cause());
            if (failure.isEmpty()) {
                counts.deliveredOne();
                return Future.succeededFuture();
            }
            counts.failedOnce();
            boolean isGone = answered.succeeded() && answered.result() == GONE;
            return number >= target.attempts() || isGone
                    ? giveUp(id, number, failure)
                    : again(id, body, goesOn, number);
        });
    }

    private Future<Integer> attempt(String id, String body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(target.url().toString())
                .setConnectTimeout(target.timeoutMillis());
        return client.request(options)
                .compose(request -> post(request, id, body))
                .timeout(2 * target.timeoutMillis(), TimeUnit.MILLISECONDS); // of connecting and answering
    }

    private Future<Integer> post(HttpClientRequest request, String id, String body) {
        long seconds = clock.instant().getEpochSecond();
        String signatures = target.secrets().stream()
                .map(secret -> secret.sign(id, seconds, body))
                .collect(Collectors.joining(" "));
        return request.putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "abgate")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", String.valueOf(seconds))
                .putHeader("webhook-signature", signatures)
                .send(body)
                .compose(response -> response.end().map(response.statusCode()))
                .timeout(target.timeoutMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> request.reset());
    }

    /** Empty when it was taken; a redirection is none, as the receiver would see another request than was signed. */
    private static String failure(int status) {
        return status >= 200 && status < 300 ? "" : "status " + status;
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private Future<Void> again(String id, String body, BooleanSupplier goesOn, int failures) {
        long delay = Backoff.delayMillis(
                target.retryMillis(), failures, ThreadLocalRandom.current().nextDouble());
        return vertx.timer(delay, TimeUnit.MILLISECONDS).compose(done -> send(id, body, goesOn, failures + 1));
    }

    private Future<Void> giveUp(String id, int attempts, String failure) {
        counts.gaveUp(1);
        LOG.warn("{} was not told of {} in {} attempts, and will not be: {}", target.shown(), id, attempts, failure);
        return Future.succeededFuture();
    }
}
