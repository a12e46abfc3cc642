package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was acknowledged before a SIGKILL is there after it, once. */
class CrashTest {
    private static final int ROUNDS = 2;
    private static final int APPLICATIONS = 3;
    private static final List<Shipped.Mail> MAILS = Shipped.mails(1500, 2000);

    @TempDir
    private Path home;

    private final AtomicInteger nextMail = new AtomicInteger();
    private final AtomicInteger nextArtifact = new AtomicInteger();
    /** Truth of every prediction whose label was sent, whether or not that was answered. */
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, JsonNode> versions = new ConcurrentHashMap<>();

    @Test
    void keepsEveryAcknowledgedLabelAndVersionThroughKills() throws InterruptedException {
        Serving serving = Serving.start(home).awaitSettled();
        try {
            serving.client().post("/models/mail/pause", GatewayClient.object());
            JsonNode first = serving.client().get("/models/mail/versions/1/artifact");
            for (int round = 1; round <= ROUNDS; round++) {
                crash(serving, first);
                serving = Serving.start(home).awaitSettled();
                assertThatNothingIsLost(serving.client());
            }
        } finally {
            serving.close();
        }
    }

    /** Kills the process while applications and an operator are in the middle of their requests. */
    private void crash(Serving serving, JsonNode artifact) throws InterruptedException {
        int labels = acknowledged.size() + 60;
        int registered = versions.size() + 3;
        List<Thread> clients = new ArrayList<>();
        clients.add(client(() -> register(serving.client(), artifact)));
        for (int i = 0; i < APPLICATIONS; i++) {
            clients.add(client(() -> predictAndReport(serving.client())));
        }
        await().atMost(Serving.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> acknowledged.size() >= labels && versions.size() >= registered);
        serving.process().kill();
        for (Thread client : clients) {
            client.join();
        }
    }

    private interface Request {
        void send() throws IOException;
    }

    /** Sends one request after another until the connection breaks. */
    private static Thread client(Request request) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    request.send();
                }
            } catch (IOException e) {
                // the process is gone, which is what this is about
            }
        });
        thread.start();
        return thread;
    }

    private void predictAndReport(GatewayClient client) throws IOException {
        Shipped.Mail mail = MAILS.get(nextMail.getAndIncrement() % MAILS.size());
        JsonNode answer = GatewayClient.json(
                GatewayClient.send(client.inferMail(mail.text())).body());
        String id = GatewayClient.output(answer, "prediction_id").path(0).asText();
        JsonNode label = GatewayClient.object().put("prediction_id", id).put("truth", mail.label());
        sent.put(id, mail.label());
        HttpResponse<String> response =
                GatewayClient.send(client.data("/v2/models/mail/feedback").POST(GatewayClient.body(label)));
        if (response.statusCode() == 200) {
            acknowledged.put(id, mail.label());
        }
    }

    private void register(GatewayClient client, JsonNode first) throws IOException {
        JsonNode artifact = Shipped.nudged(first, 0.001 * nextArtifact.incrementAndGet());
        HttpResponse<String> response =
                GatewayClient.send(client.admin("/models/mail/versions").POST(GatewayClient.body(artifact)));
        if (response.statusCode() == 201) {
            versions.put(GatewayClient.json(response.body()).path("version").asInt(), artifact);
        }
    }

    private void assertThatNothingIsLost(GatewayClient client) {
        JsonNode before = client.model("mail");
        int counted = before.path("labels").path("accepted").asInt();
        assertThat(counted).isBetween(acknowledged.size(), sent.size());
        assertThat(liveLabels(before)).isEqualTo(counted);
        JsonNode again = report(client, acknowledged);
        assertThat(again.path("duplicate").asInt()).isEqualTo(acknowledged.size());
        // those without an answer count once too, whether they were taken before the kill or only now
        report(client, sent);
        JsonNode after = client.model("mail");
        assertThat(after.path("labels").path("accepted").asInt()).isEqualTo(sent.size());
        assertThat(liveLabels(after)).isEqualTo(sent.size());
        acknowledged.putAll(sent);
        versions.forEach((version, artifact) -> {
            assertThat(client.register("mail", artifact)).isEqualTo(version);
            assertThat(client.get("/models/mail/versions/" + version + "/artifact")
                            .path("layers"))
                    .isEqualTo(artifact.path("layers"));
        });
    }

    private static JsonNode report(GatewayClient client, Map<String, String> labels) {
        List<String> ids = List.copyOf(labels.keySet());
        return client.feedback("mail", ids, ids.stream().map(labels::get).toList());
    }

    private static int liveLabels(JsonNode model) {
        int labels = 0;
        for (JsonNode version : model.path("versions")) {
            labels += version.path("live").path("labels").asInt();
        }
        return labels;
    }
}
