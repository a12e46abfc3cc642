package io.abgate.registry.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Takes webhooks on loopback and verifies them as a receiver would, with none of the sender's code. */
public final class Receiver implements AutoCloseable {
    /** The example of the Standard Webhooks libraries. */
    public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final int HANG = -1;

    /** What came; the newest last. */
    public final List<Received> received = new CopyOnWriteArrayList<>();

    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** A request. */
    public record Received(String id, String timestamp, String signature, String body, int answered) {
        /** Whether one of the signatures is that of what came, by this secret. */
        public boolean isSignedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                byte[] key = Base64.getDecoder().decode(secret.replace("whsec_", ""));
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                byte[] expected = mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8));
                return Arrays.stream(signature.split(" "))
                        .filter(one -> one.startsWith("v1,"))
                        .map(one -> Base64.getDecoder().decode(one.substring(3)))
                        .anyMatch(one -> MessageDigest.isEqual(one, expected));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One on a port; 0 takes a free one. */
    public Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/hook", this::take);
        server.start();
    }

    /** The next requests are answered with these; those after them with 204. */
    public Receiver answering(Integer... statuses) {
        answers.addAll(List.of(statuses));
        return this;
    }

    /** The next request gets no answer. */
    Receiver hanging() {
        return answering(HANG);
    }

    private void take(HttpExchange exchange) throws IOException {
        Integer next = answers.poll();
        int status = next == null ? 204 : next;
        received.add(new Received(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                status));
        if (status != HANG) {
            exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return url(port());
    }

    static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + "/hook");
    }

    /** Who sends here, and does not wait long. */
    public static WebhookTarget target(int port, int attempts) {
        return new WebhookTarget(url(port), List.of(WebhookSecret.parse(SECRET)), 2_000, attempts, 20);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
