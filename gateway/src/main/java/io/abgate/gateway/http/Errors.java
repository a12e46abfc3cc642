package io.abgate.gateway.http;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
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

/** Answers every error as {@code application/json} {@code {"error": "…"}}, and never with a stack trace. */
public final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final int UNSET = 500;
    private static final CharSequence RETRY_SECONDS = HttpHeaders.createOptimized("1");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final Buffer BUSY = new JsonObject()
            .put("error", Check.message("load", "more than can be answered soon", "less of it; try again shortly"))
            .toBuffer();
    private static final int[] OF_THE_ROUTER = {400, 404, 405, 406, 413, 415, 500, 501};

    private Errors() {}

    /** Makes a router answer every failure of a handler, and its own, in this form. */
    public static void handleAllOf(Router router) {
        router.route().failureHandler(context -> answer(context, status(context)));
        for (int status : OF_THE_ROUTER) {
            router.errorHandler(status, context -> answer(context, status));
        }
    }

    /** Answers a request that failed, with the status that stands for its failure. */
    public static void answer(HttpServerRequest request, Throwable failure) {
        answer(request, Failure.of(failure).status(), failure);
    }

    /** Answers, at little cost, that there is too much to do. */
    public static void answerBusy(HttpServerRequest request) {
        request.response()
                .setStatusCode(Failure.UNAVAILABLE.status())
                .putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(BUSY);
    }

    /** Answers a request that failed. */
    static void answer(HttpServerRequest request, int status, @Nullable Throwable failure) {
        if (status == Failure.INTERNAL.status()) {
            LOG.error("a bug met {} {}", request.method(), request.path(), failure);
        }
        answer(request.response(), status, message(request, status, failure));
    }

    /** Answers a request that is no sound HTTP. */
    public static void answerUnsound(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException ? 414 : 400;
        status = cause instanceof TooLongHttpHeaderException ? 431 : status;
        String reason = String.valueOf(cause.getMessage());
        answer(request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE), status, reason);
        request.connection().close();
    }

    /** Answers with an error. */
    static void answer(HttpServerResponse response, int status, String message) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (status == Failure.UNAVAILABLE.status()) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(new JsonObject().put("error", message).toBuffer());
    }

    private static void answer(RoutingContext context, int status) {
        answer(context.request(), status, context.failure());
    }

    private static int status(RoutingContext context) {
        Throwable failure = context.failure();
        boolean given = context.statusCode() > 0 && context.statusCode() != UNSET;
        if (given) {
            return context.statusCode();
        }
        return failure == null ? UNSET : Failure.of(failure).status();
    }

    private static String message(HttpServerRequest request, int status, @Nullable Throwable failure) {
        if (status == Failure.INTERNAL.status()) {
            return "internal error";
        }
        if (failure != null && failure.getMessage() != null) {
            return failure.getMessage();
        }
        return switch (status) {
            case 404 -> Check.message("path", request.path(), "a path of the Open Inference Protocol v2 below /v2");
            case 405 -> Check.message("method", request.method(), allowed(request));
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }

    private static String allowed(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.response().headers().get(HttpHeaders.ALLOW), "another method");
    }
}
