package io.abgate.loadtest;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** A gateway whose versions are as fast and as right as a test wants; the truth of row n is "odd" or "even". */
final class PlantedServer implements AutoCloseable {
    private static final String INFER = "/infer";

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Version> versions = new TreeMap<>();
    private final Map<String, String> stands = new TreeMap<>();
    private final Map<Integer, Long> answeredAt = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final Queue<Label> labels = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile Chooser chooser = (number, key) -> "1";
    private final AtomicInteger refusable = new AtomicInteger();
    private volatile BiPredicate<Integer, String> refuses = (number, name) -> false;
    private volatile int answered = Integer.MAX_VALUE;
    private volatile UnaryOperator<String> ofLabels = told -> told;
    private volatile LongSupplier stallMillis = () -> 0;

    private record Version(long delayMillis, IntPredicate isWrong) {}

    /** Who answers the n-th request with this key. */
    interface Chooser {
        String version(int number, String key);
    }

    /** A label as it came. */
    record Label(String id, String truth, long nanos) {}

    PlantedServer() {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(this::handle);
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Adds a version that takes so long, and is wrong on some rows. */
    PlantedServer version(String name, long delayMillis, IntPredicate isWrong) {
        versions.put(name, new Version(delayMillis, isWrong));
        return this;
    }

    /** After so many requests, one in {@code oneIn} to version 2 is refused. */
    PlantedServer refusingAfter(int requests, int oneIn) {
        refuses = (number, name) -> number >= requests && name.equals("2") && refusable.getAndIncrement() % oneIn == 0;
        return this;
    }

    /** Answers the first so many requests and no other. */
    PlantedServer answeringOnly(int requests) {
        answered = requests;
        return this;
    }

    /** Answers requests that name a version by another one. */
    PlantedServer routing(String named, String by) {
        versions.put(named, versions.get(by));
        stands.put(named, by);
        return this;
    }

    PlantedServer choosing(Chooser chosen) {
        chooser = chosen;
        return this;
    }

    /** Answers labels with this text. */
    PlantedServer sayingOfLabels(String text) {
        ofLabels = told -> text;
        return this;
    }

    /** For the first so many milliseconds of each period nobody is answered. */
    PlantedServer stalling(long stall, long period) {
        long start = System.nanoTime();
        stallMillis = () -> {
            long now = (System.nanoTime() - start) / 1_000_000 % period;
            return now < stall ? stall - now : 0;
        };
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    int asked() {
        return asked.get();
    }

    /** When the n-th request was answered, in nanoseconds. */
    long answeredAt(int number) {
        return answeredAt.get(number);
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    List<Label> labels() {
        return List.copyOf(labels);
    }

    private void handle(HttpServerRequest request) {
        String path = request.path();
        if (path.equals("/v2/models/planted")) {
            request.response().end(metadata());
        } else if (path.equals("/v2/models/planted/feedback")) {
            request.body().onSuccess(body -> request.response().end(ofLabels.apply(feedback(body))));
        } else if (path.startsWith("/v2/models/planted/") && path.endsWith(INFER)) {
            request.body().onSuccess(body -> infer(request, body));
        } else {
            request.response().setStatusCode(404).end("{\"error\":\"no such model\"}");
        }
    }

    private static String metadata() {
        JsonObject input =
                new JsonObject().put("name", "row").put("datatype", "FP64").put("shape", new JsonArray("[-1,1]"));
        return new JsonObject().put("inputs", new JsonArray().add(input)).encode();
    }

    private void infer(HttpServerRequest request, Buffer body) {
        String[] path = request.path().split("/", -1);
        String key = request.getHeader("X-Routing-Key");
        int number = asked.getAndIncrement();
        String name = path.length == 7 ? path[5] : chooser.version(number, key == null ? "" : key);
        Version version = versions.get(name);
        if (key != null) {
            keys.add(key);
        }
        if (version == null) {
            request.response().setStatusCode(409).end("{\"error\":\"version " + name + " is not served\"}");
            return;
        }
        int row = body.toJsonObject()
                .getJsonArray("inputs")
                .getJsonObject(0)
                .getJsonArray("data")
                .getInteger(0);
        long wait = version.delayMillis() + stallMillis.getAsLong();
        if (refuses.test(number, name)) {
            request.response().setStatusCode(503).end("{\"error\":\"no\"}");
        } else if (wait == 0 && number < answered) {
            answer(request, name, version, row, number);
        } else if (number < answered) {
            vertx.setTimer(wait, timer -> answer(request, name, version, row, number));
        }
    }

    private void answer(HttpServerRequest request, String name, Version version, int row, int number) {
        answeredAt.put(number, System.nanoTime());
        String truth = row % 2 == 0 ? "even" : "odd";
        String label = version.isWrong().test(row) ? "wrong" : truth;
        request.response()
                .end("{\"model_name\":\"planted\",\"model_version\":\"" + stands.getOrDefault(name, name)
                        + "\",\"parameters\":{\"route\":\"champion\",\"prediction_id\":\"" + number
                        + "\"},\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\""
                        + label
                        + "\"]}]}");
    }

    private String feedback(Buffer body) {
        JsonArray items = body.toJsonObject().getJsonArray("feedback");
        for (Object item : items) {
            JsonObject label = (JsonObject) item;
            labels.add(new Label(label.getString("prediction_id"), label.getString("truth"), System.nanoTime()));
        }
        return new JsonObject()
                .put("accepted", items.size())
                .put("rejected", new JsonArray())
                .encode();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
