package io.abgate.loadtest.traffic;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Sends what is due and keeps what comes back; for one event loop. */
final class Sender {
    private static final int OK = 200;
    private static final String FALLBACK = "fallback";
    /** Labels never wait for the connections of predictions. */
    private static final int CONNECTIONS_FOR_LABELS = 8;

    private final HttpClientAgent client;
    private final List<Request> requests;
    private final Plan warmUpPlan;
    private final Plan plan;
    private final int mostInFlight;
    private final Targets targets;
    private final Feedback feedback;
    private final Observations observations;
    private final Observations warmUp;
    private final LiveCounts live = new LiveCounts();
    private final Promise<FeedbackCounts> drained = Promise.promise();
    private long measuredFromNanos;
    private boolean isLast;

    Sender(Vertx vertx, TrafficSettings settings, List<Request> requests, Plan plan) {
        this.requests = requests;
        this.plan = plan.again();
        this.warmUpPlan = plan.again();
        this.mostInFlight = settings.mostInFlight();
        this.targets = new Targets(settings, plan);
        this.observations = new Observations(plan.pinned());
        this.warmUp = new Observations(plan.pinned());
        this.client = client(vertx, settings.mostInFlight());
        this.feedback = new Feedback(
                vertx, client(vertx, CONNECTIONS_FOR_LABELS), targets.feedback(), settings.feedback(), settings.seed());
    }

    private static HttpClientAgent client(Vertx vertx, int connections) {
        return vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(connections));
    }

    void start(long fromNanos) {
        measuredFromNanos = fromNanos;
        feedback.start();
    }

    /** Sends a batch; offsets are from the start of the warm-up, which is so long. */
    void send(long[] offsets, long warmUpNanos) {
        for (long offset : offsets) {
            boolean isWarmUp = offset < warmUpNanos;
            send(offset - warmUpNanos, isWarmUp ? warmUpPlan.next() : plan.next(), isWarmUp ? warmUp : observations);
        }
    }

    private void send(long intended, Plan.Step step, Observations kept) {
        int place = kept.add(intended, now() - intended, step);
        if (live.inFlight() >= mostInFlight) {
            kept.end(place, Outcome.MISSED, 0);
            live.missed();
            return;
        }
        live.sent();
        Buffer body = requests.get(step.row()).body();
        // what these handlers throw fails the run: in a step of the future it would pass for a broken connection
        client.request(targets.inference(step))
                .compose(request -> request.send(body))
                .compose(Sender::read)
                .onComplete(
                        response -> received(response, kept, place, step, now() - intended),
                        failure -> failed(kept, place, step, how(failure), now() - intended));
    }

    private record Response(int status, Buffer body) {}

    private static Future<Response> read(HttpClientResponse response) {
        return response.body().map(body -> new Response(response.statusCode(), body));
    }

    private void received(Response response, Observations kept, int place, Plan.Step step, long latency) {
        if (response.status() == OK) {
            answered(response.body(), kept, place, step, latency);
        } else {
            failed(kept, place, step, Outcome.REFUSED, latency);
        }
    }

    private void answered(Buffer body, Observations kept, int place, Plan.Step step, long latency) {
        Answer answer;
        try {
            answer = Answer.read(body.getBytes());
        } catch (IOException e) {
            failed(kept, place, step, Outcome.REFUSED, latency); // whatever it is, an application could not use it
            return;
        }
        Outcome how = how(answer, step);
        kept.answered(place, how, latency, answer.version());
        String truth = requests.get(step.row()).truth();
        if (how.isServed() && truth != null) {
            kept.judged(place, truth.equals(answer.label()));
            if (kept == observations) {
                feedback.answered(answer.predictionId(), truth);
            }
        }
        settle(how, latency);
    }

    private Outcome how(Answer answer, Plan.Step step) {
        if (step.version() != Plan.Step.CHOSEN) {
            return plan.pinned().get(step.version()).equals(answer.version())
                    ? Outcome.ANSWERED
                    : Outcome.OTHER_VERSION;
        }
        return answer.route().equals(FALLBACK) ? Outcome.FALLBACK : Outcome.ANSWERED;
    }

    private static Outcome how(Throwable failure) {
        if (failure instanceof Error error) {
            throw error; // such as no memory left: no gateway's fault
        }
        return failure instanceof TimeoutException ? Outcome.TIMED_OUT : Outcome.BROKEN;
    }

    // an application that gets no answer has no right one
    private void failed(Observations kept, int place, Plan.Step step, Outcome how, long latency) {
        kept.end(place, how, latency);
        if (requests.get(step.row()).truth() != null) {
            kept.judged(place, false);
        }
        settle(how, latency);
    }

    private void settle(Outcome how, long latency) {
        live.ended(how, latency);
        endIfDrained();
    }

    /** Nothing more is sent; done when every request has ended and every label is reported. */
    Future<FeedbackCounts> drained() {
        isLast = true;
        endIfDrained();
        return drained.future();
    }

    private void endIfDrained() {
        if (isLast && live.inFlight() == 0 && !drained.future().isComplete()) {
            feedback.end().onSuccess(drained::tryComplete);
        }
    }

    void dropFeedback() {
        feedback.drop();
    }

    Observations observations() {
        return observations;
    }

    Status status(long elapsedNanos, long totalNanos, boolean isWarmUp) {
        return live.status(elapsedNanos, totalNanos, isWarmUp);
    }

    private long now() {
        return System.nanoTime() - measuredFromNanos;
    }
}
