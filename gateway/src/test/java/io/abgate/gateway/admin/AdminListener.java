package io.abgate.gateway.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.abgate.gateway.Tables;
import io.abgate.model.HostedModels;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.Operation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An admin listener on a free port of the loopback interface, with a client and a registry that records operations. */
final class AdminListener {
    final List<Operation> operations = new CopyOnWriteArrayList<>();
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Vertx vertx;
    final LocalNode node;
    volatile Function<Operation, Answer> registry = operation -> new Answer(200, "{}");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MessageConsumer<Operation> consumer;
    private final int port;

    AdminListener(Vertx vertx) {
        this(vertx, "127.0.0.1");
    }

    AdminListener(Vertx vertx, String host) {
        this(vertx, host, idle());
    }

    AdminListener(Vertx vertx, String host, LocalNode node) {
        this(host, node, vertx, true);
    }

    /** One in a process that has more on its event bus. */
    static AdminListener beside(Vertx vertx, LocalNode node) {
        return new AdminListener("127.0.0.1", node, vertx, false);
    }

    private AdminListener(String host, LocalNode node, Vertx vertx, boolean alone) {
        this.vertx = vertx;
        this.node = node;
        if (alone) {
            Codecs.register(vertx.eventBus());
        }
        AdminVerticle verticle = new AdminVerticle(host, 0, meters, node);
        vertx.deployVerticle(verticle).await();
        port = verticle.actualPort();
        consumer = vertx.eventBus().consumer(Addresses.OPERATE, this::operate);
    }

    /** A process that routes nothing. */
    static LocalNode idle() {
        return new LocalNode(
                "here", Set.of(), 1, Tables.KEYS, Tables.book(), new HostedModels(), null, Map.of("mail", 0.05), null);
    }

    private void operate(Message<Operation> message) {
        operations.add(message.body());
        try {
            message.reply(registry.apply(message.body()));
        } catch (ReplyException refusal) {
            message.reply(refusal); // as it is: the bus takes an exception for the failure of its kind
        }
    }

    void stopRegistry() {
        consumer.unregister().await();
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send("POST", path, body, "Content-Type", "application/json");
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes that no client library would; gives everything that comes until the connection ends. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
