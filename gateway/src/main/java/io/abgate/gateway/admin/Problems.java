package io.abgate.gateway.admin;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error as {@code application/problem+json} (RFC 9457), and never with a stack trace. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int INTERNAL = 500;
    private static final String NO_TYPE = "about:blank";
    private static final int[] OF_THE_ROUTER = {400, 404, 405, 406, 413, 415, 500, 501};

    private Problems() {}

    /** Makes a router answer every failure of a handler, and its own, in this form. */
    static void handleAllOf(Router router) {
        router.route().failureHandler(context -> answer(context, status(context)));
        for (int status : OF_THE_ROUTER) {
            router.errorHandler(status, context -> answer(context, status));
        }
    }

    /** Answers a request that is no sound HTTP. */
    static void answerUnsound(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException ? 414 : 400;
        status = cause instanceof TooLongHttpHeaderException ? 431 : status;
        HttpServerResponse response = request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer(response, status, NO_TYPE, String.valueOf(cause.getMessage()));
        request.connection().close();
    }

    /** Answers with a problem. */
    static void answer(RoutingContext context, int status, String detail) {
        answer(context.response(), status, NO_TYPE, detail);
    }

    private static void answer(HttpServerResponse response, int status, String type, String detail) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (status == Failure.UNAVAILABLE.status()) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("type", type)
                        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                        .put("status", status)
                        .put("detail", detail)
                        .toBuffer());
    }

    private static int status(RoutingContext context) {
        Throwable failure = context.failure();
        boolean given = context.statusCode() > 0 && context.statusCode() != INTERNAL;
        if (given) {
            return context.statusCode();
        }
        return failure == null ? INTERNAL : Failure.of(failure).status();
    }

    private static void answer(RoutingContext context, int status) {
        if (status == INTERNAL) {
            LOG.error(
                    "a bug met {} {}",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        }
        answer(context.response(), status, type(context.failure()), detail(context, status));
    }

    /** What a client has to tell apart is named; of the rest the status says enough. */
    private static String type(@Nullable Throwable failure) {
        return failure == null
                ? NO_TYPE
                : switch (Failure.of(failure)) {
                    case STILL_RUNNING -> "urn:abgate:problem:idempotency-key-in-use";
                    case KEY_REUSED -> "urn:abgate:problem:idempotency-key-reused";
                    case INVALID, NOT_FOUND, CONFLICT, INTERNAL, UNAVAILABLE, BUSY -> NO_TYPE;
                };
    }

    private static String detail(RoutingContext context, int status) {
        Throwable failure = context.failure();
        String path = context.request().path();
        return switch (status) {
            case INTERNAL -> "internal error, see the log";
            case 404 ->
                failure != null && failure.getMessage() != null
                        ? failure.getMessage()
                        : Check.message("path", path, "/metrics or a path of /openapi.json");
            case 405 -> Check.message("method", context.request().method(), allowed(context));
            case 413 -> "body: too large (expected: at most " + JsonBody.LIMIT_BYTES + " bytes)";
            default ->
                failure != null && failure.getMessage() != null
                        ? failure.getMessage()
                        : HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }

    private static String allowed(RoutingContext context) {
        return Objects.requireNonNullElse(context.response().headers().get(HttpHeaders.ALLOW), "another method");
    }
}
