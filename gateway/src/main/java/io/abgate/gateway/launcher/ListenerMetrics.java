package io.abgate.gateway.launcher;

import io.abgate.gateway.launcher.ListenerMetrics.Request;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one listener, by route and status: listeners, routes and statuses are few, while a path or a method is
 * whatever a client sends. Times are those of other routes than predictions, which have a histogram of their own and are
 * not to read the clock twice over. Safe for all threads, without a lock once a route and status are known.
 */
final class ListenerMetrics implements HttpServerMetrics<Request, Void, Object> {
    private static final String PREFIX = "vertx.http.server.";
    private static final String PREDICTIONS = "/infer";
    private static final int STATUSES = 600;
    private static final Object CONNECTION = new Object();

    private final MeterRegistry meters;
    private final Tags local;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final LongAdder openConnections = new LongAdder();
    private final LongAdder openRequests = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final LongAdder written = new LongAdder();

    ListenerMetrics(MeterRegistry meters, String address) {
        this.meters = meters;
        this.local = Tags.of("local", address);
        gauge("active.connections", "Number of opened connections to the server", openConnections);
        gauge("active.requests", "Number of requests being processed", openRequests);
        total("bytes.read", "Number of bytes received by the server", read);
        total("bytes.written", "Number of bytes sent by the server", written);
    }

    /** A request under way. */
    static final class Request {
        private String route = "";
        private long startNanos;
        private boolean isTimed;
    }

    private record Answers(Counter count, @Nullable Timer time) {}

    private static final class Route {
        private final AtomicReferenceArray<@Nullable Answers> byStatus = new AtomicReferenceArray<>(STATUSES);
    }

    private void gauge(String name, String description, LongAdder value) {
        Gauge.builder(PREFIX + name, value, LongAdder::doubleValue)
                .description(description)
                .tags(local)
                .register(meters);
    }

    private void total(String name, String description, LongAdder value) {
        FunctionCounter.builder(PREFIX + name, value, LongAdder::doubleValue)
                .description(description)
                .tags(local)
                .register(meters);
    }

    @Override
    public Object connected(SocketAddress remote, String name) {
        openConnections.increment();
        return CONNECTION;
    }

    @Override
    public void disconnected(Object connection, SocketAddress remote) {
        openConnections.decrement();
    }

    @Override
    public void bytesRead(Object connection, SocketAddress remote, long bytes) {
        read.add(bytes);
    }

    @Override
    public void bytesWritten(Object connection, SocketAddress remote, long bytes) {
        written.add(bytes);
    }

    @Override
    public Request requestBegin(Object connection, HttpRequest request) {
        openRequests.increment();
        return new Request();
    }

    @Override
    public void requestRouted(Request request, @Nullable String route) {
        if (route == null) {
            return; // those for failures have no path
        }
        if (!request.route.equals(route)) {
            request.route = request.route.isEmpty() ? route : request.route + ">" + route;
        }
        if (!request.isTimed && !route.endsWith(PREDICTIONS)) {
            request.isTimed = true;
            request.startNanos = System.nanoTime();
        }
    }

    @Override
    public void requestReset(Request request) {
        openRequests.decrement();
    }

    @Override
    public void responseEnd(Request request, HttpResponse response, long bytes) {
        openRequests.decrement();
        Answers answers = answers(request, response.statusCode());
        answers.count().increment();
        if (answers.time() != null && request.isTimed) {
            answers.time().record(System.nanoTime() - request.startNanos, TimeUnit.NANOSECONDS);
        }
    }

    private Answers answers(Request request, int status) {
        Route route = routes.get(request.route);
        if (route == null) {
            route = routes.computeIfAbsent(request.route, absent -> new Route());
        }
        int place = Math.min(status, STATUSES - 1);
        Answers answers = route.byStatus.get(place);
        if (answers == null) {
            answers = register(local.and("route", request.route, "code", Integer.toString(status)), request.isTimed);
            route.byStatus.set(place, answers);
        }
        return answers;
    }

    private Answers register(Tags tags, boolean isTimed) {
        Counter count = Counter.builder(PREFIX + "requests")
                .description("Number of processed requests")
                .tags(tags)
                .register(meters);
        return new Answers(count, isTimed ? timer(tags) : null);
    }

    private Timer timer(Tags tags) {
        return Timer.builder(PREFIX + "response.time")
                .description("Request processing time")
                .tags(tags)
                .register(meters);
    }
}
