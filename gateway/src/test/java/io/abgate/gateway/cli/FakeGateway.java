package io.abgate.gateway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/** Both listeners of a gateway at one address: gives recorded answers and remembers what it was asked. */
final class FakeGateway implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<UnaryOperator<Reply>>> replies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    /** An answer; as an argument of a script, status 0 and the body of the request. */
    record Reply(int status, String body) {}

    /** What a command did. */
    record Run(int code, String out, String err) {}

    FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The next answer to a request such as {@code GET /v2}; the last one is given again and again. */
    FakeGateway on(String request, int status, String body) {
        return on(request, any -> new Reply(status, body.replace('\'', '"')));
    }

    FakeGateway on(String request, UnaryOperator<Reply> script) {
        replies.computeIfAbsent(request, any -> new ArrayDeque<>()).add(script);
        return this;
    }

    /** Requests so far, as {@code METHOD path body}. */
    List<String> requests() {
        return requests;
    }

    /** Idempotency keys so far, of those requests that had one. */
    List<String> keys() {
        return keys;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Run run(String... arguments) {
        return run(Map.of("ABGATE_URL", url(), "ABGATE_DATA_URL", url()), arguments);
    }

    static Run run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        return run(environment, out, arguments);
    }

    static Run run(Map<String, String> environment, StringWriter out, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine commandLine = Commands.commandLine(
                        arguments.length == 0 ? "" : arguments[0], Gateway.of(environment))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int code = commandLine.execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            keys.addAll(exchange.getRequestHeaders().getOrDefault("Idempotency-Key", List.of()));
            requests.add((asked + " " + body).strip());
            Reply reply = next(asked).apply(new Reply(0, body));
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized UnaryOperator<Reply> next(String asked) {
        Deque<UnaryOperator<Reply>> script = replies.get(asked);
        if (script == null) {
            return any -> new Reply(404, "{\"title\":\"Not found\",\"detail\":\"nothing at " + asked + "\"}");
        }
        return script.size() > 1 ? script.remove() : script.element();
    }
}
