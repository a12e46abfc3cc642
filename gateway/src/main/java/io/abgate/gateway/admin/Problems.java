package io.abgate.gateway.admin;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error as {@code application/problem+json} (RFC 9457), and never with a stack trace. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int INTERNAL = 500;
    private static final int[] OF_THE_ROUTER = {400, 404, 405, 406, 413, 415, 500, 501};

    private Problems() {}

    /** Makes a router answer every failure of a handler, and its own, in this form. */
    static void handleAllOf(Router router) {
        router.route().failureHandler(Problems::answer);
        for (int status : OF_THE_ROUTER) {
            router.errorHandler(status, Problems::answer);
        }
    }

    /** Answers with a problem. */
    static void answer(RoutingContext context, int status, String detail) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        if (status == Failure.UNAVAILABLE.status()) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                        .put("status", status)
                        .put("detail", detail)
                        .toBuffer());
    }

    private static void answer(RoutingContext context) {
        Throwable failure = context.failure();
        boolean ownStatus = context.statusCode() > 0 && context.statusCode() != INTERNAL;
        int status = ownStatus || failure == null
                ? context.statusCode()
                : Failure.of(failure).status();
        if (status == INTERNAL) {
            LOG.error(
                    "a bug met {} {}",
                    context.request().method(),
                    context.request().path(),
                    failure);
        }
        answer(context, status, detail(context, status));
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
            case 405 -> Check.message("method", context.request().method(), "another one for " + path);
            case 413 -> "body: too large (expected: at most " + AdminVerticle.BODY_LIMIT_BYTES + " bytes)";
            default ->
                failure != null && failure.getMessage() != null
                        ? failure.getMessage()
                        : HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }
}
