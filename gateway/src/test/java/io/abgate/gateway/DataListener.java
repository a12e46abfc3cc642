package io.abgate.gateway;

import io.abgate.gateway.health.NodeHealth;
import io.abgate.gateway.inference.Inference;
import io.abgate.gateway.overload.Overload;
import io.abgate.gateway.routing.Routes;
import io.abgate.gateway.routing.RoutingVerticle;
import io.abgate.gateway.security.PredictionTokens;
import io.abgate.gateway.traffic.NodeTraffic;
import io.abgate.model.HostedModels;
import io.abgate.model.Model;
import io.abgate.model.routing.RouteBook;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.keys.KeyRing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A data listener on a free port of the loopback interface, with a client and a fake registry. */
public final class DataListener {
    public static final String NODE = "here";

    private final List<ModelSettings> models;
    public final RouteBook book = Tables.book();
    public final Routes routes = new Routes(book);
    public final HostedModels hosted = new HostedModels();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final PredictionTokens tokens;
    public final FakeRegistry registry;
    public final Vertx vertx;
    public final NodeHealth health;
    public final NodeTraffic traffic;
    public final long process;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String deployment;
    private final int port;

    /** Opens it; nothing is routed yet. */
    public DataListener(Vertx vertx, ModelSettings... models) {
        this(vertx, 1_000, models);
    }

    public DataListener(Vertx vertx, int mostInFlight, ModelSettings... models) {
        this(vertx, Overload.DEFAULT.withInFlight(mostInFlight), models);
    }

    public DataListener(Vertx vertx, Overload overload, ModelSettings... models) {
        this.models = List.of(models);
        this.vertx = vertx;
        Codecs.register(vertx.eventBus());
        registry = new FakeRegistry(vertx);
        KeyRing keys = Tables.KEYS;
        tokens = new PredictionTokens(keys);
        Inference.Shared shared = new Inference.Shared(List.of(models), routes, hosted, meters);
        health = shared.health();
        traffic = shared.traffic();
        process = shared.nonces().process();
        GatewayVerticle gateway = new GatewayVerticle(
                new GatewaySettings(NODE, "127.0.0.1", 0, overload),
                Arrays.stream(models).collect(Collectors.toMap(ModelSettings::name, Function.identity())),
                keys,
                shared);
        deployment = vertx.deployVerticle(gateway).await();
        port = gateway.port();
    }

    /** Puts a table in force. */
    public DataListener route(RouteTable table) {
        book.offer(Tables.sealed(table));
        return this;
    }

    /** Hosts a version here, fast enough to be asked on the event loop. */
    public DataListener host(String model, int version, Model hostedModel) {
        hosted.add(model, version, new HostedModels.Entry(hostedModel, 1_000));
        return this;
    }

    /** Listens to other nodes. */
    public DataListener listen() {
        vertx.deployVerticle(new RoutingVerticle(NODE, 1, book, routes, models)).await();
        return this;
    }

    public void close() {
        vertx.undeploy(deployment).await();
    }

    public int port() {
        return port;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> post(String path, byte[] body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Has texts answered, a row each. */
    public JsonObject infer(String... texts) {
        return new JsonObject(post("/v2/models/mail/infer", textBody(texts)).body());
    }

    /** A request body with texts. */
    public static String textBody(String... texts) {
        JsonObject input = new JsonObject()
                .put("name", "text")
                .put("datatype", "BYTES")
                .put("shape", new JsonArray().add(texts.length).add(1))
                .put("data", new JsonArray(Arrays.asList(texts)));
        return new JsonObject().put("inputs", new JsonArray().add(input)).encode();
    }

    /** What the only prediction id of an answer says. */
    public PredictionId id(JsonObject answer) {
        String token = answer.getJsonObject("parameters").getString("prediction_id");
        return tokens.verify(token).id().orElseThrow();
    }

    /** Why the version that answered did. */
    public static String routeOf(JsonObject answer) {
        return answer.getJsonObject("parameters").getString("route");
    }

    /** The data of one output of an answer. */
    public static List<?> output(JsonObject answer, String name) {
        return answer.getJsonArray("outputs").stream()
                .map(JsonObject.class::cast)
                .filter(output -> output.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getJsonArray("data")
                .getList();
    }
}
