package io.abgate.gateway.http;

import io.abgate.registry.domain.Check;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request's body into memory, within bounds. What is over them is refused at once and read to its end without
 * being kept, so that a client that is still sending gets to see the answer.
 */
public final class RequestBody {
    /** Bytes of a body, as it came and inflated. */
    public static final int LIMIT_BYTES = 1 << 20;

    private static final long DRAIN_BYTES = 256L << 20;

    private final RoutingContext context;
    private final BiConsumer<RoutingContext, byte[]> taker;
    private final Buffer received = Buffer.buffer();
    private long discarded;
    private boolean refused;

    private RequestBody(RoutingContext context, BiConsumer<RoutingContext, byte[]> taker) {
        this.context = context;
        this.taker = taker;
    }

    /** A handler that gives the whole body, inflated, to {@code taker}; what that throws is the request's failure. */
    public static Handler<RoutingContext> to(BiConsumer<RoutingContext, byte[]> taker) {
        return context -> new RequestBody(context, taker).read();
    }

    private void read() {
        HttpServerRequest request = context.request();
        request.handler(this::take).endHandler(end -> finish()).exceptionHandler(gone -> refused = true);
        if (!MediaType.isTaken(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            refuse(415, "content-type", request.getHeader(HttpHeaders.CONTENT_TYPE), MediaType.EXPECTED);
        } else if (!Gzip.isTaken(request.getHeader(HttpHeaders.CONTENT_ENCODING))) {
            refuse(415, "content-encoding", request.getHeader(HttpHeaders.CONTENT_ENCODING), Gzip.EXPECTED);
        } else if (declaredBytes(request) > LIMIT_BYTES) {
            refuseTooLarge(declaredBytes(request));
        } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
    }

    private void take(Buffer chunk) {
        if (refused) {
            discard(chunk);
        } else if (received.length() + chunk.length() > LIMIT_BYTES) {
            refuseTooLarge(received.length() + chunk.length());
        } else {
            received.appendBuffer(chunk);
        }
    }

    private void discard(Buffer chunk) {
        discarded += chunk.length();
        if (discarded > DRAIN_BYTES) {
            context.request().connection().close();
        }
    }

    private void finish() {
        if (refused) {
            return;
        }
        try {
            boolean zipped = context.request().getHeader(HttpHeaders.CONTENT_ENCODING) != null;
            byte[] body = received.getBytes();
            taker.accept(context, zipped ? Gzip.inflate(body, LIMIT_BYTES) : body);
        } catch (Gzip.TooLargeException e) {
            context.fail(413, e);
        } catch (RuntimeException e) {
            context.fail(e);
        }
    }

    private void refuseTooLarge(long bytes) {
        refuse(413, "body", bytes + " bytes or more", "at most " + LIMIT_BYTES + " bytes");
    }

    private void refuse(int status, String name, @Nullable Object came, String expected) {
        refused = true;
        context.fail(status, new IllegalArgumentException(Check.message(name, String.valueOf(came), expected)));
    }

    private static long declaredBytes(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length); // the server has refused what is no number
    }
}
