package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes that share a home: a model node that is the registry too, a second model node, and a gateway. The
 * tests follow one another on the same cluster, which is slow to start.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {
    private static final List<Shipped.Mail> MAILS = Shipped.mails(1500, 2000);
    /** The deadline of a prediction is 250 ms; this is what a test machine may add. */
    private static final Duration NO_HANG = Duration.ofSeconds(2);

    private static final int APPLICATIONS = 4;

    private static Path home;
    private static List<Integer> ports;
    private static Serving registry;
    private static Serving gateway;

    private int nextMail;

    @BeforeAll
    static void start(@TempDir Path folder) {
        home = folder;
        ports = FreePorts.take(3);
        registry = member("model,registry", ports.get(0));
        await().atMost(Serving.PATIENCE).until(() -> registry.process().out().contains("operators"));
        gateway = member("gateway", ports.get(1)).awaitSettled();
    }

    @AfterAll
    static void end() {
        gateway.close();
        registry.close();
    }

    private static Serving member(String roles, int port) {
        String members = "cluster.members=127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1) + ",127.0.0.1:"
                + ports.get(2);
        return Serving.start(home, "--roles", roles, "--set", "cluster.port=" + port, "--set", members);
    }

    @Test
    @Order(1)
    void bothOperatorsDoorsShowTheSameModel() {
        assertThat(gateway.client().model("mail")).isEqualTo(registry.client().model("mail"));
    }

    @Test
    @Order(2)
    void aRetrainingOrderedAtTheGatewayIsPromotedOverShadowCopiesAcrossProcesses() {
        predictAndReport(100);
        JsonNode ordered = gateway.client().post("/models/mail/retrain", GatewayClient.object());
        JsonNode job = gateway.awaitJob(ordered.path("id").asLong());
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("SUCCEEDED");
        gateway.awaitSettled("mail");
        predictAndReport(110);
        JsonNode events = gateway.client().get("/events?model=mail&type=PROMOTED");
        int version = job.path("version").asInt();
        String fate = stage(version);
        assertThat(fate).as(events.toString()).isIn("CHAMPION", "QUARANTINED");
        if (fate.equals("QUARANTINED")) { // the evidence was against it; an operator may insist
            gateway.client()
                    .post(
                            "/models/mail/promote",
                            GatewayClient.object().put("version", version).put("force", true));
        }
        assertThat(gateway.awaitSettled("mail").path("champion").asInt()).isEqualTo(version);
        assertThat(predict().path("model_version").asText()).isEqualTo(String.valueOf(version));
    }

    @Test
    @Order(3)
    void anOperatorsCanaryIsRolledBackByTheLabelsThatTheGatewayTook() {
        int champion = registry.client().model("mail").path("champion").asInt();
        JsonNode artifact = registry.client().get("/models/mail/versions/" + champion + "/artifact");
        int flipped = gateway.client().register("mail", Shipped.mislabelled(artifact));
        ObjectNode canary = GatewayClient.object().put("version", flipped).put("to", "canary");
        registry.client().post("/models/mail/promote", canary.put("share", 0.4));
        gateway.awaitSettled("mail");
        predictAndReport(60);
        assertThat(stage(flipped)).isEqualTo("QUARANTINED");
        assertThat(gateway.awaitSettled("mail").path("champion").asInt()).isEqualTo(champion);
    }

    @Test
    @Order(4)
    void noPredictionFailsWhenOneOfTwoModelNodesIsKilled() {
        try (Serving second = member("model", ports.get(2))) {
            await().atMost(Serving.PATIENCE).until(() -> hosts() == 2);
            Traffic traffic = Traffic.of(
                    APPLICATIONS, () -> GatewayClient.send(gateway.client().inferMail("hello")));
            try (traffic) {
                await().atMost(Serving.PATIENCE).until(sentMore(traffic, 500));
                second.process().kill();
                await().atMost(Serving.PATIENCE).until(() -> hosts() == 1);
                await().atMost(Serving.PATIENCE).until(sentMore(traffic, 500));
            }
            assertThat(traffic.failed()).isEmpty();
            assertThat(traffic.slowest()).isLessThan(NO_HANG);
        }
    }

    private static Callable<Boolean> sentMore(Traffic traffic, int count) {
        int before = traffic.asked();
        return () -> traffic.asked() >= before + count;
    }

    @Test
    @Order(5)
    void withoutAModelNodeTheGatewayRefusesQuicklyAndGoesOnWhenItIsBack() throws IOException {
        JsonNode before = registry.client().model("mail");
        registry.process().kill();
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> refused = timed();
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
        }
        HttpResponse<String> operator = GatewayClient.send(gateway.client().admin("/models/mail"));
        assertThat(operator.statusCode()).isEqualTo(503);
        registry.close();
        registry = member("model,registry", ports.get(0));
        gateway.awaitSettled();
        await().atMost(Serving.PATIENCE)
                .until(() ->
                        GatewayClient.send(gateway.client().inferMail("hello")).statusCode() == 200);
        assertThat(predictAndReport(10)).isEqualTo(10);
        JsonNode after = gateway.client().model("mail");
        assertThat(after.path("champion")).isEqualTo(before.path("champion"));
        assertThat(after.path("labels").path("accepted").asInt())
                .isEqualTo(before.path("labels").path("accepted").asInt() + 10);
    }

    /** Predictions by the gateway and their labels; gives how many labels were taken. */
    private int predictAndReport(int count) {
        List<String> ids = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            truths.add(MAILS.get(nextMail % MAILS.size()).label());
            ids.add(GatewayClient.output(predict(), "prediction_id").path(0).asText());
        }
        return gateway.client().feedback("mail", ids, truths).path("accepted").asInt();
    }

    private JsonNode predict() {
        return GatewayClient.good(gateway.client().inferMail(nextText()));
    }

    private String nextText() {
        return MAILS.get(nextMail++ % MAILS.size()).text();
    }

    /** An answer of the gateway that came without hanging. */
    private HttpResponse<String> timed() throws IOException {
        long start = System.nanoTime();
        HttpResponse<String> answer = GatewayClient.send(gateway.client().inferMail(nextText()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(NO_HANG);
        return answer;
    }

    private static String stage(int version) {
        return gateway.client()
                .get("/models/mail/versions/" + version)
                .path("stage")
                .asText();
    }

    /** Nodes that answer for the champion. */
    private static int hosts() {
        JsonNode mail = gateway.client().model("mail");
        return mail.path("versions")
                .path(mail.path("champion").asInt() - 1)
                .path("hostedOn")
                .size();
    }
}
