package io.abgate.gateway.inference;

import io.abgate.gateway.http.Errors;
import io.abgate.gateway.routing.InForce;
import io.abgate.gateway.traffic.Tally;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Labelling;
import io.abgate.registry.domain.Route;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Answers prediction requests: reads, assigns, has answered, signs, and samples once the answer has left. */
final class InferenceHandler {
    private static final CharSequence KEY_HEADER = HttpHeaders.createOptimized("X-Routing-Key");
    private static final CharSequence JSON_BYTES_HEADER = HttpHeaders.createOptimized(RequestReader.JSON_BYTES_HEADER);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private final ServedModels models;
    private final Answering answering;
    private final Sampling sampling;
    private final IdIssuer issuer;
    private final LoopTurns turns;
    private final AnswerWriter writer = new AnswerWriter();

    InferenceHandler(ServedModels models, Answering answering, Sampling sampling, IdIssuer issuer, LoopTurns turns) {
        this.models = models;
        this.answering = answering;
        this.sampling = sampling;
        this.issuer = issuer;
        this.turns = turns;
    }

    /** One request on its way. */
    private record Exchange(
            InferenceCall call,
            ServedModel model,
            Assignment assignment,
            InferenceRequest request,
            Tally tally,
            long startNanos) {}

    /** An answer ready to leave. */
    private record Outgoing(Exchange exchange, Answered answered, Buffer body, IdIssuer.Issued issued, KeptRows kept) {}

    /** Whether it is worth while to inflate the body of a request; answers it if not. */
    boolean hasRoom(InferenceCall call) {
        if (!turns.isFull(System.nanoTime())) {
            return true;
        }
        shed(call, models.find(call.model()));
        return false;
    }

    /** Takes a request with its whole body. */
    void infer(InferenceCall call, byte[] body) {
        long startNanos = System.nanoTime();
        ServedModel model = models.find(call.model());
        if (!turns.takes(startNanos, body.length)) {
            shed(call, model);
            return;
        }
        try {
            answer(open(call, model, body, startNanos));
        } catch (RuntimeException e) {
            refuse(call, model, e);
        }
    }

    private static void shed(InferenceCall call, ServedModel model) {
        model.meters().shed();
        model.meters().refused();
        Errors.answerBusy(call.request());
    }

    private Exchange open(InferenceCall call, ServedModel model, byte[] body, long startNanos) {
        InForce inForce = models.inForce(model);
        String jsonBytes = call.request().getHeader(JSON_BYTES_HEADER);
        InferenceRequest request =
                RequestReader.read(body, jsonBytes, model.settings().input());
        Assignment assignment = assign(call, model, inForce, request);
        Tally tally = model.arrived(assignment, startNanos);
        return new Exchange(call, model, assignment, request, tally, startNanos);
    }

    private static Assignment assign(InferenceCall call, ServedModel model, InForce inForce, InferenceRequest request) {
        String key = key(call.request(), request);
        String version = call.version();
        return version == null
                ? Split.live(inForce, key)
                : Split.pinned(inForce, version, model.settings().serving().pinning(), key);
    }

    private static @Nullable String key(HttpServerRequest http, InferenceRequest request) {
        String header = http.getHeader(KEY_HEADER);
        return header == null ? request.key() : header;
    }

    private void answer(Exchange exchange) {
        answering.answer(
                exchange.model(),
                exchange.assignment(),
                exchange.request().input(),
                exchange.startNanos(),
                (answered, failure) -> finish(exchange, answered, failure));
    }

    private void finish(Exchange exchange, @Nullable Answered answered, @Nullable Throwable failure) {
        if (answered == null) {
            fail(exchange, Objects.requireNonNull(failure));
            return;
        }
        Outgoing outgoing;
        try {
            outgoing = write(exchange, answered);
        } catch (RuntimeException e) {
            fail(exchange, e);
            return;
        }
        send(outgoing);
    }

    private Outgoing write(Exchange exchange, Answered answered) {
        ServedModel model = exchange.model();
        Assignment assignment = exchange.assignment();
        int rows = answered.reply().rows();
        long now = System.currentTimeMillis();
        int sampled = model.budget().take(rows, now);
        KeptRows kept = KeptRows.drawn(rows, sampled, auditOneIn(exchange), ThreadLocalRandom.current());
        model.meters().samplesDropped(rows - kept.count());
        IdIssuer.Issued issued = issuer.issue(assignment, answered, kept, now);
        Buffer body = writer.write(model.name(), exchange.request(), assignment, answered, issued.tokens(), kept);
        model.issued(assignment, rows, now);
        return new Outgoing(exchange, answered, body, issued, kept);
    }

    private static int auditOneIn(Exchange exchange) {
        return exchange.assignment().isEvidence()
                ? exchange.model().settings().labelling().auditOneIn()
                : Labelling.NO_AUDIT;
    }

    private void send(Outgoing outgoing) {
        Exchange exchange = outgoing.exchange();
        ServedModel model = exchange.model();
        Answered answered = outgoing.answered();
        turns.answered(answered.atNanos());
        long tookNanos = answered.atNanos() - exchange.startNanos();
        int rows = answered.reply().rows();
        model.meters().version(answered.version().version()).answered(answered.route(), rows, tookNanos);
        exchange.tally().answered(answered.route() != Route.FALLBACK, rows, tookNanos);
        Future<Void> left = exchange.call()
                .request()
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(outgoing.body());
        if (outgoing.kept().count() > 0) {
            left.onSuccess(done -> sampling.sample(
                    model,
                    exchange.assignment(),
                    answered.ballots(),
                    exchange.request().input(),
                    outgoing.issued(),
                    outgoing.kept()));
        }
    }

    private static void fail(Exchange exchange, Throwable failure) {
        long tookNanos = System.nanoTime() - exchange.startNanos();
        switch (Failure.of(failure)) {
            case INVALID -> exchange.tally().refused(tookNanos);
            // of what this loop has in flight, whichever versions that waits for; a version's own line ends in a
            // fallback
            case BUSY -> exchange.tally().shed(tookNanos);
            case NOT_FOUND, CONFLICT, STILL_RUNNING, KEY_REUSED, INTERNAL, UNAVAILABLE ->
                exchange.tally().failed(tookNanos);
        }
        refuse(exchange.call(), exchange.model(), failure);
    }

    private static void refuse(InferenceCall call, ServedModel model, Throwable failure) {
        model.meters().refused();
        if (isTheApplicationsFault(failure)) {
            model.attempts().rejected();
        }
        Errors.answer(call.request(), failure);
    }

    private static boolean isTheApplicationsFault(Throwable failure) {
        return Failure.of(failure) == Failure.INVALID;
    }
}
