package io.abgate.gateway.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.abgate.gateway.configuration.Configuration;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node with a limit that every check exceeds, and then with one that none does. */
class AlertsNodeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String ALERT = "abgate_alert{kind=\"RESPONSE\",model=\"next-word\"}";
    private static final String LIMIT = "abgate_monitor_limit{figure=\"response\",model=\"next-word\"}";
    private static final String VALUE = "abgate_monitor_value{figure=\"response\",model=\"next-word\"}";
    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path folder;

    private final List<JsonObject> told = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
        Files.writeString(folder.resolve("secret"), "whsec_" + SECRET + "\n");
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    /** Takes only what is signed. */
    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String signed = exchange.getRequestHeaders().getFirst("webhook-id") + "."
                + exchange.getRequestHeaders().getFirst("webhook-timestamp") + "." + body;
        boolean isGenuine =
                ("v1," + hmac(signed)).equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        if (isGenuine) {
            told.add(new JsonObject(body));
        }
        exchange.sendResponseHeaders(isGenuine ? 200 : 401, -1);
        exchange.close();
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A node whose one model is checked each second, with a limit in seconds of the mean time that a row may take. */
    private RunningNode start(String limit) throws Exception {
        Files.createDirectories(folder.resolve("models"));
        try (var packed = getClass().getResourceAsStream("/config/models/next-word.yaml")) {
            String model = new String(packed.readAllBytes(), UTF_8)
                    .replace("everySeconds: 30", "everySeconds: 1")
                    .replace("response: 2.0 ", "response: " + limit + " ");
            assertThat(model).contains("response: " + limit).contains("everySeconds: 1 ");
            Files.writeString(folder.resolve("models/next-word.yaml"), model);
        }
        Path file = Files.writeString(folder.resolve("abgate.yaml"), "");
        int port = receiver.getAddress().getPort();
        return RunningNode.start(Configuration.load(
                file,
                Map.of(),
                List.of(
                        "data.port=0",
                        "admin.port=0",
                        "home=" + folder.resolve("home"),
                        "alerts.webhook.url=http://127.0.0.1:" + port + "/hook",
                        "alerts.webhook.secretFile=" + folder.resolve("secret"))));
    }

    private static double metric(RunningNode node, String name) throws Exception {
        return SmallNode.get(node.adminUrl() + "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    private static JsonObject model(RunningNode node) throws Exception {
        return new JsonObject(SmallNode.get(node.adminUrl() + "/api/v1/models/next-word"));
    }

    @Test
    void anAlertIsOnTheApiInTheMetricsAndToldUntilItRecovers() throws Exception {
        try (RunningNode node = start("1e-9")) {
            await().atMost(LONG).until(() -> metric(node, ALERT) == 1);
            assertThat(metric(node, "abgate_registry_leading")).isEqualTo(1);
            assertThat(metric(node, LIMIT)).isEqualTo(1e-9);
            assertThat(metric(node, VALUE)).isGreaterThan(1e-9);
            assertThat(metric(node, "abgate_alert{kind=\"ACCURACY\",model=\"next-word\"}"))
                    .isZero();
            JsonObject alert =
                    model(node).getJsonObject("monitor").getJsonArray("alerts").getJsonObject(0);
            assertThat(alert.getString("kind")).isEqualTo("RESPONSE");
            await().atMost(LONG).until(() -> metric(node, "abgate_monitor_checks_total{model=\"next-word\"}") >= 3);
            assertThat(metric(node, "abgate_monitor_check_age_seconds{model=\"next-word\"}"))
                    .isBetween(0.0, 10.0);
            await().atMost(LONG).until(() -> metric(node, "abgate_webhook_delivered_total") == 1);
        }
        assertThat(told).as("checked thrice, told once").hasSize(1);
        try (RunningNode node = start("2.5")) {
            await().atMost(LONG).until(() -> metric(node, ALERT) == 0);
            assertThat(metric(node, LIMIT)).isEqualTo(2.5);
            assertThat(model(node).getJsonObject("monitor").getJsonArray("alerts"))
                    .isEmpty();
            await().atMost(LONG).until(() -> told.size() == 2);
        }
        assertThat(told).extracting(one -> one.getString("type")).containsExactly("alert.raised", "alert.recovered");
        assertThat(told).allMatch(one -> one.getString("kind").equals("RESPONSE"));
        assertThat(told.get(0).getDouble("value")).isEqualTo(told.get(1).getDouble("value"));
    }
}
