package io.abgate.loadtest.traffic;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Reports truths some time after the answers, several at once; for one event loop. */
final class Feedback {
    private static final long TICK_MILLIS = 20;
    private static final int MOST_AT_ONCE = 200;
    private static final int MOST_TRIES = 3;
    private static final int OK = 200;
    private static final List<String> COUNTED = List.of("accepted", "duplicate", "corrected", "expired");
    private static final String REJECTED = "rejected";
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private record Label(long dueNanos, String id, String truth, int tries) {}

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final RequestOptions target;
    private final FeedbackSettings settings;
    private final SplittableRandom random;
    private final PriorityQueue<Label> waiting = new PriorityQueue<>(Comparator.comparingLong(Label::dueNanos));
    private final Promise<FeedbackCounts> done = Promise.promise();
    private final JsonObject totals = new JsonObject();
    private long sent;
    private long failed;
    private long dropped;
    private int inFlight;
    private boolean isLast;
    private boolean isStopped;

    Feedback(Vertx vertx, HttpClientAgent client, RequestOptions target, FeedbackSettings settings, long seed) {
        this.vertx = vertx;
        this.client = client;
        this.target = target;
        this.settings = settings;
        this.random = new SplittableRandom(seed);
    }

    void start() {
        vertx.setPeriodic(TICK_MILLIS, this::tick);
    }

    /** A prediction whose truth is known; by chance it is reported or not. */
    void answered(String predictionId, String truth) {
        if (predictionId.isEmpty() || random.nextDouble() >= settings.share()) {
            return;
        }
        if (isStopped) {
            dropped++;
            return;
        }
        long shortest = settings.shortest().toNanos();
        long spread = settings.longest().toNanos() - shortest;
        long delay = shortest + (spread == 0 ? 0 : random.nextLong(spread + 1));
        waiting.add(new Label(System.nanoTime() + delay, predictionId, truth, 0));
    }

    /** No answer comes after this; done when all labels are reported. */
    Future<FeedbackCounts> end() {
        isLast = true;
        return done.future();
    }

    /** Forgets what is not due yet, and what would be due later. */
    void drop() {
        isStopped = true;
        dropped += waiting.size();
        waiting.clear();
    }

    private void tick(long timer) {
        while (!waiting.isEmpty() && waiting.peek().dueNanos() <= System.nanoTime()) {
            send(due());
        }
        if (isLast && waiting.isEmpty() && inFlight == 0) {
            vertx.cancelTimer(timer);
            done.tryComplete(counts());
        }
    }

    private List<Label> due() {
        List<Label> labels = new ArrayList<>();
        long now = System.nanoTime();
        while (labels.size() < MOST_AT_ONCE
                && !waiting.isEmpty()
                && waiting.peek().dueNanos() <= now) {
            labels.add(waiting.remove());
        }
        return labels;
    }

    private void send(List<Label> labels) {
        inFlight++;
        client.request(target)
                .compose(request -> request.send(body(labels)))
                .compose(response -> response.body().map(body -> told(response.statusCode(), body)))
                .onComplete(counts -> count(labels, counts), failure -> again(labels, failure));
    }

    /** What an answer says of each word; whatever it throws, the labels were not taken. */
    private static JsonObject told(int status, Buffer body) {
        if (status != OK) {
            throw new IllegalStateException("status " + status);
        }
        JsonObject answer = body.toJsonObject();
        JsonObject counts = new JsonObject();
        for (String word : COUNTED) {
            long count = answer.getLong(word, 0L);
            counts.put(word, count);
        }
        return counts.put(
                REJECTED, (long) answer.getJsonArray(REJECTED, new JsonArray()).size());
    }

    private static Buffer body(List<Label> labels) {
        JsonArray items = new JsonArray();
        labels.forEach(label ->
                items.add(new JsonObject().put("prediction_id", label.id()).put("truth", label.truth())));
        return new JsonObject().put("feedback", items).toBuffer();
    }

    private void count(List<Label> labels, JsonObject counts) {
        inFlight--;
        sent += labels.size();
        counts.fieldNames().forEach(word -> totals.put(word, totals.getLong(word, 0L) + counts.getLong(word)));
    }

    // a registry that is busy or away asks to be asked again
    private void again(List<Label> labels, Throwable failure) {
        inFlight--;
        if (failure instanceof Error error) {
            throw error; // such as no memory left: no gateway's fault
        }
        for (Label label : labels) {
            if (label.tries() + 1 < MOST_TRIES && !isStopped) {
                waiting.add(new Label(System.nanoTime() + PAUSE_NANOS, label.id(), label.truth(), label.tries() + 1));
            } else {
                sent++;
                failed++;
            }
        }
    }

    private FeedbackCounts counts() {
        return new FeedbackCounts(
                sent,
                totals.getLong("accepted", 0L),
                totals.getLong("duplicate", 0L),
                totals.getLong("corrected", 0L),
                totals.getLong("expired", 0L),
                totals.getLong(REJECTED, 0L),
                failed,
                dropped);
    }
}
