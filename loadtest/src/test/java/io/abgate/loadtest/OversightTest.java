package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Live labels say what is to be done, and an operator decides: digits asks before a promotion, mail runs dry. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OversightTest {
    private static final int NEEDED = 20;

    private static Serving serving;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path config = folder.resolve("config");
        write(config.resolve("abgate.yaml"), shipped("abgate.yaml"));
        write(
                config.resolve("models/digits.yaml"),
                shipped("models/digits.yaml")
                        .replace("promotion: manual\n  labels: 100", "promotion: count\n  labels: " + NEEDED)
                        .replace("approval: automatic       # or manual: a promotion", "approval: manual   #"));
        write(
                config.resolve("models/mail.yaml"),
                shipped("models/mail.yaml")
                        .replace("mode: act", "mode: dryRun")
                        .replace("everyLabels: 250", "everyLabels: 0"));
        serving = Serving.start(
                        folder.resolve("home"),
                        "--config",
                        config.resolve("abgate.yaml").toString())
                .awaitSettled();
    }

    private static String shipped(String file) throws IOException {
        try (InputStream in = OversightTest.class.getResourceAsStream("/config/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    @Test
    @Order(1)
    void waitsForTheOperatorWithAPromotionThatTheLabelsAskFor() {
        GatewayClient client = serving.client();
        int nudged = candidate("digits", false, "shadow");
        List<Shipped.Digit> digits = Shipped.digits(1000, 1000 + 2 * NEEDED);
        for (Shipped.Digit digit : digits) {
            predictAndReport("digits", GatewayClient.inputs("pixels", "FP32", List.of(digit.pixels())), digit.digit());
        }
        await().until(() -> !oversight("digits").path("waiting").isNull());
        assertThat(oversight("digits").at("/waiting/version").asInt()).isEqualTo(nudged);
        JsonNode waiting = client.model("digits");
        assertThat(waiting.path("champion").asInt()).isEqualTo(1);
        assertThat(waiting.at("/monitor/alerts/0/kind").asText()).isEqualTo("PROMOTION_HELD");

        JsonNode approved = client.post(
                "/models/digits/approve",
                GatewayClient.object().put("version", nudged).put("reason", "looked at it"));

        assertThat(approved.path("champion").asInt()).isEqualTo(nudged);
        assertThat(approved.at("/oversight/waiting").isNull()).isTrue();
    }

    @Test
    @Order(2)
    void releasesAVersionThatWasTakenBack() {
        GatewayClient client = serving.client();
        serving.awaitSettled("digits");
        int champion = client.model("digits").path("champion").asInt();
        client.post("/models/digits/rollback", GatewayClient.object());
        String version = "/models/digits/versions/" + champion;
        assertThat(client.get(version).path("stage").asText()).isEqualTo("QUARANTINED");
        client.post(version + "/release", GatewayClient.object().put("reason", "it was not to blame"));
        assertThat(client.get(version).path("stage").asText()).isEqualTo("CANDIDATE");
    }

    @Test
    @Order(3)
    void saysInADryRunThatItWouldRollBackAndDoesNot() {
        GatewayClient client = serving.client();
        int bad = candidate("mail", true, "canary");
        for (Shipped.Mail mail : Shipped.mails(1500, 1900)) {
            if (!oversight("mail").path("would").isEmpty()) {
                break;
            }
            predictAndReport(
                    "mail", GatewayClient.inputs("text", "BYTES", List.of(List.of(mail.text()))), mail.label());
        }
        JsonNode would = oversight("mail").path("would");
        assertThat(would.size()).isEqualTo(1);
        assertThat(would.at("/0/verdict").asText()).isEqualTo("ROLL_BACK");
        assertThat(would.at("/0/version").asInt()).isEqualTo(bad);
        assertThat(client.get("/models/mail/versions/" + bad).path("stage").asText())
                .isEqualTo("CANARY");
        assertThat(client.get("/events?model=mail&type=VERDICT_DRY")
                        .path("events")
                        .size())
                .isEqualTo(1);
    }

    private static int candidate(String model, boolean wrong, String to) {
        GatewayClient client = serving.client();
        JsonNode artifact = client.get("/models/" + model + "/versions/1/artifact");
        int version = client.register(model, wrong ? Shipped.mislabelled(artifact) : Shipped.nudged(artifact, 1e-9));
        ObjectNode order = GatewayClient.object().put("version", version).put("to", to);
        client.post("/models/" + model + "/promote", wrong ? order.put("share", 0.5) : order);
        serving.awaitSettled(model);
        return version;
    }

    private static JsonNode oversight(String model) {
        return serving.client().model(model).path("oversight");
    }

    private static void predictAndReport(String model, ObjectNode request, String truth) {
        JsonNode answer = GatewayClient.good(
                serving.client().data("/v2/models/" + model + "/infer").POST(GatewayClient.body(request)));
        List<String> ids = new ArrayList<>();
        GatewayClient.output(answer, "prediction_id").forEach(id -> ids.add(id.asText()));
        assertThat(serving.client()
                        .feedback(model, ids, List.of(truth))
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
    }
}
