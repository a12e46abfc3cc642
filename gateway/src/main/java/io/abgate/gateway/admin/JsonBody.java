package io.abgate.gateway.admin;

import io.abgate.registry.domain.Check;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.jspecify.annotations.Nullable;

/** Bodies of writes: JSON, which no form of another site's page can send, and within bounds. */
final class JsonBody {
    static final int LIMIT_BYTES = 16 << 20;

    private JsonBody() {}

    /** Refuses what does not say that it is JSON. */
    static void check(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (isJson(type)) {
            context.next();
        } else {
            Problems.answer(context, 415, Check.message("Content-Type", String.valueOf(type), "application/json"));
        }
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    /** Reads a body into memory. */
    static BodyHandler reader() {
        return BodyHandler.create(false).setBodyLimit(LIMIT_BYTES);
    }

    /** The whole body; null when there is none. */
    static byte @Nullable [] bytes(RoutingContext context) {
        return context.body().length() <= 0 ? null : context.body().buffer().getBytes();
    }
}
