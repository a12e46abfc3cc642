package io.abgate.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One listener of a gateway, asked over HTTP; anything but a good answer is a {@link CommandFailedException}. */
public final class Server {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int FIRST_ERROR = 400;

    private final Supplier<HttpClient> client;
    private final String variable;
    private final String url;
    private final Duration timeout;
    private final @Nullable String idempotencyKey;

    /**
     * A listener.
     *
     * @param variable the environment variable that names it
     */
    public Server(HttpClient client, String variable, String url) {
        this(() -> client, variable, url);
    }

    /** One whose client is made when something is asked. */
    public Server(Supplier<HttpClient> client, String variable, String url) {
        this(client, variable, url.endsWith("/") ? url.substring(0, url.length() - 1) : url, TIMEOUT, null);
    }

    private Server(
            Supplier<HttpClient> client,
            String variable,
            String url,
            Duration timeout,
            @Nullable String idempotencyKey) {
        this.client = client;
        this.variable = variable;
        this.url = url;
        this.timeout = timeout;
        this.idempotencyKey = idempotencyKey;
    }

    /** The same listener, waited for so long. */
    public Server within(Duration longest) {
        return new Server(client, variable, url, longest, idempotencyKey);
    }

    /**
     * The same listener, asked for writes under this key.
     *
     * @param key 1 to 255 visible ASCII characters
     */
    public Server under(String key) {
        return new Server(client, variable, url, timeout, key);
    }

    public Answer get(Resource resource) {
        return ask("GET", resource, BodyPublishers.noBody());
    }

    public Answer post(Resource resource, JsonNode body) {
        return post(resource, Json.bytes(body));
    }

    public Answer post(Resource resource, byte[] body) {
        return ask("POST", resource, BodyPublishers.ofByteArray(body));
    }

    public Answer put(Resource resource, JsonNode body) {
        return ask("PUT", resource, BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    public Answer delete(Resource resource) {
        return ask("DELETE", resource, BodyPublishers.noBody());
    }

    private Answer ask(String method, Resource resource, BodyPublisher body) {
        HttpResponse<String> response = send(request(method, resource, body));
        Answer answer = new Answer(response.statusCode(), response.body());
        if (answer.status() >= FIRST_ERROR) {
            throw new CommandFailedException(answer.status(), answer.refusal(response.uri()));
        }
        return answer;
    }

    private HttpRequest request(String method, Resource resource, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(resource))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .method(method, body);
        return idempotencyKey == null
                ? request.build()
                : request.header("Idempotency-Key", idempotencyKey).build();
    }

    private URI address(Resource resource) {
        try {
            return HttpRequest.newBuilder(URI.create(url + resource.path()))
                    .build()
                    .uri();
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(variable + ": " + url + " (expected: http://HOST:PORT)");
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.get().send(request, BodyHandlers.ofString());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new CommandFailedException("no gateway at " + url + " (is \"serve\" running?)");
        } catch (HttpTimeoutException e) {
            throw new CommandFailedException(request.uri() + ": no answer within " + timeout.toSeconds() + " s");
        } catch (IOException e) {
            throw new CommandFailedException(request.uri() + ": the connection broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted");
        }
    }
}
