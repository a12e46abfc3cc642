package io.abgate.gateway.inference;

import io.abgate.gateway.routing.InForce;
import io.abgate.gateway.traffic.Tally;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings.Labelling;
import io.abgate.registry.domain.Route;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Answers prediction requests: reads, assigns, has answered, signs, and samples once the answer has left. */
final class InferenceHandler {
    private static final String KEY_HEADER = "X-Routing-Key";

    private final ServedModels models;
    private final Answering answering;
    private final Sampling sampling;
    private final IdIssuer issuer;
    private final int mostInFlight;
    private int inFlight;

    InferenceHandler(ServedModels models, Answering answering, Sampling sampling, IdIssuer issuer, int mostInFlight) {
        this.models = models;
        this.answering = answering;
        this.sampling = sampling;
        this.issuer = issuer;
        this.mostInFlight = mostInFlight;
    }

    /** One request on its way. */
    private record Exchange(
            RoutingContext context,
            ServedModel model,
            Assignment assignment,
            InferenceRequest request,
            Tally tally,
            long startNanos) {}

    /** An answer ready to leave. */
    private record Outgoing(Exchange exchange, Answered answered, Buffer body, IdIssuer.Issued issued, KeptRows kept) {}

    /** Takes a request with its whole body. */
    void infer(RoutingContext context, byte[] body) {
        long startNanos = System.nanoTime();
        ServedModel model = models.find(context.pathParam("model"));
        try {
            answer(open(context, model, body, startNanos));
        } catch (RuntimeException e) {
            refuse(context, model, e);
        }
    }

    private Exchange open(RoutingContext context, ServedModel model, byte[] body, long startNanos) {
        if (inFlight >= mostInFlight) {
            throw Failure.UNAVAILABLE.because(
                    Check.message("requests in flight", inFlight, "fewer than " + mostInFlight));
        }
        InForce inForce = models.inForce(model);
        String jsonBytes = context.request().getHeader(RequestReader.JSON_BYTES_HEADER);
        InferenceRequest request =
                RequestReader.read(body, jsonBytes, model.settings().input());
        Assignment assignment = assign(context, model, inForce, request);
        Tally tally = model.arrived(assignment, startNanos);
        return new Exchange(context, model, assignment, request, tally, startNanos);
    }

    private static Assignment assign(
            RoutingContext context, ServedModel model, InForce inForce, InferenceRequest request) {
        String key = key(context.request(), request);
        String version = context.pathParam("version");
        return version == null
                ? Split.live(inForce, key)
                : Split.pinned(inForce, version, model.settings().serving().pinning(), key);
    }

    private static @Nullable String key(HttpServerRequest http, InferenceRequest request) {
        String header = http.getHeader(KEY_HEADER);
        return header == null ? request.key() : header;
    }

    private void answer(Exchange exchange) {
        inFlight++;
        answering
                .answer(
                        exchange.model(),
                        exchange.assignment(),
                        exchange.request().input())
                .onComplete(done -> inFlight--)
                .map(answered -> write(exchange, answered))
                .onComplete(this::send, failure -> fail(exchange, failure));
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
        Buffer body = AnswerWriter.write(model.name(), exchange.request(), assignment, answered, issued.tokens(), kept);
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
        long tookNanos = System.nanoTime() - exchange.startNanos();
        int rows = answered.reply().rows();
        model.meters().version(answered.version().version()).answered(answered.route(), rows, tookNanos);
        exchange.tally().answered(answered.route() != Route.FALLBACK, rows, tookNanos);
        exchange.context()
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(outgoing.body())
                .onSuccess(left -> sampling.sample(
                        model,
                        exchange.assignment(),
                        answered.ballots(),
                        exchange.request().input(),
                        outgoing.issued(),
                        outgoing.kept()));
    }

    private static void fail(Exchange exchange, Throwable failure) {
        exchange.tally().failed(System.nanoTime() - exchange.startNanos());
        refuse(exchange.context(), exchange.model(), failure);
    }

    private static void refuse(RoutingContext context, ServedModel model, Throwable failure) {
        model.meters().refused();
        if (Failure.of(failure) == Failure.INVALID) {
            model.attempts().rejected();
        }
        context.fail(failure);
    }
}
