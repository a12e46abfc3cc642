package io.abgate.gateway.http;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request's body into memory, within bounds. What is over them is refused at once and read to its end without
 * being kept, so that a client that is still sending gets to see the answer.
 */
public final class RequestBody {
    /** Bytes of a body, as it came and inflated. */
    public static final int LIMIT_BYTES = 1 << 20;

    private static final String BUSY = Check.message(
            "load",
            "more bytes of requests than are kept at a time",
            "fewer large requests at once; try again shortly");
    private static final Buffer EMPTY = Buffer.buffer(0);
    private static final long DRAIN_BYTES = 256L << 20;

    private final BodyBudget budget;
    private final HttpServerRequest request;
    private final BooleanSupplier hasRoom;
    private final Consumer<byte[]> taker;
    private final ObjIntConsumer<Throwable> fails;
    /** What has come; the first part as it is, as most bodies have no other. */
    private Buffer received = EMPTY;

    private long discarded;
    private boolean refused;

    private RequestBody(
            BodyBudget budget,
            HttpServerRequest request,
            BooleanSupplier hasRoom,
            Consumer<byte[]> taker,
            ObjIntConsumer<Throwable> fails) {
        this.budget = budget;
        this.request = request;
        this.hasRoom = hasRoom;
        this.taker = taker;
        this.fails = fails;
    }

    /** A handler that gives the whole body, inflated, to {@code taker}; what that throws is the request's failure. */
    public static Handler<RoutingContext> to(BodyBudget budget, BiConsumer<RoutingContext, byte[]> taker) {
        return to(budget, context -> true, taker);
    }

    /**
     * The same for requests that may be refused for the load.
     *
     * @param hasRoom asked before a body is inflated; when it says no, it has answered
     */
    public static Handler<RoutingContext> to(
            BodyBudget budget, Predicate<RoutingContext> hasRoom, BiConsumer<RoutingContext, byte[]> taker) {
        return context -> new RequestBody(
                        budget,
                        context.request(),
                        () -> hasRoom.test(context),
                        body -> taker.accept(context, body),
                        (failure, status) -> context.fail(status, failure))
                .read();
    }

    /** Gives the whole body of a request that no router has seen, as above. */
    public static void read(
            BodyBudget budget, HttpServerRequest request, BooleanSupplier hasRoom, Consumer<byte[]> taker) {
        new RequestBody(budget, request, hasRoom, taker, (failure, status) -> Errors.answer(request, status, failure))
                .read();
    }

    private void read() {
        request.handler(this::take).endHandler(end -> finish()).exceptionHandler(gone -> drop());
        if (!MediaType.isTaken(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            refuse(415, "content-type", request.getHeader(HttpHeaders.CONTENT_TYPE), MediaType.EXPECTED);
        } else if (!Gzip.isTaken(request.getHeader(HttpHeaders.CONTENT_ENCODING))) {
            refuse(415, "content-encoding", request.getHeader(HttpHeaders.CONTENT_ENCODING), Gzip.EXPECTED);
        } else if (declaredBytes(request) > LIMIT_BYTES) {
            refuseTooLarge(declaredBytes(request));
        } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private void take(Buffer chunk) {
        if (refused) {
            discard(chunk);
        } else if (received.length() + chunk.length() > LIMIT_BYTES) {
            refuseTooLarge(received.length() + chunk.length());
        } else if (budget.take(chunk.length())) {
            received = received.length() == 0 ? chunk : received.appendBuffer(chunk);
        } else {
            drop();
            fails.accept(Failure.UNAVAILABLE.because(BUSY), Failure.UNAVAILABLE.status());
        }
    }

    /** Takes nothing more of it, and forgets what there is. */
    private void drop() {
        refused = true;
        forget();
    }

    private void forget() {
        budget.giveBack(received.length());
        received = EMPTY;
    }

    private void discard(Buffer chunk) {
        discarded += chunk.length();
        if (discarded > DRAIN_BYTES) {
            request.connection().close();
        }
    }

    private void finish() {
        if (refused) {
            return;
        }
        try {
            boolean zipped = request.getHeader(HttpHeaders.CONTENT_ENCODING) != null;
            byte[] body = received.getBytes();
            forget();
            if (!zipped) {
                taker.accept(body);
            } else if (hasRoom.getAsBoolean()) { // inflating costs more than all the rest of a refusal
                taker.accept(Gzip.inflate(body, LIMIT_BYTES));
            }
        } catch (Gzip.TooLargeException e) {
            fails.accept(e, 413);
        } catch (RuntimeException e) {
            fails.accept(e, Failure.of(e).status());
        }
    }

    private void refuseTooLarge(long bytes) {
        refuse(413, "body", bytes + " bytes or more", "at most " + LIMIT_BYTES + " bytes");
    }

    private void refuse(int status, String name, @Nullable Object came, String expected) {
        drop();
        fails.accept(new IllegalArgumentException(Check.message(name, String.valueOf(came), expected)), status);
    }

    private static long declaredBytes(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length); // the server has refused what is no number
    }
}
