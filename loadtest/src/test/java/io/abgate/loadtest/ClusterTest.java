package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Roles in processes of their own; the tests follow one another on the same cluster, which is slow to start. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {
    private static final int APPLICATIONS = 4;
    /** The deadline of a prediction is 250 ms; this is what a test machine may add. */
    private static final Duration NO_HANG = Duration.ofSeconds(2);
    /** A message that was on its way to the registry when it died is given up after 5 s. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(7);

    private static Cluster cluster;
    private static GatewayClient atGateway;

    @BeforeAll
    static void start(@TempDir Path home) {
        cluster = new Cluster(home);
        atGateway = cluster.gateway().client();
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Test
    @Order(1)
    void bothOperatorsDoorsShowTheSameModel() {
        assertThat(atGateway.model("mail"))
                .isEqualTo(cluster.registry().client().model("mail"));
    }

    @Test
    @Order(2)
    void aRetrainingOrderedAtTheGatewayIsJudgedOnCopiesOfLiveRequestsAndAnOperatorMayInsist() {
        cluster.predictAndReport(100);
        JsonNode ordered = atGateway.post("/models/mail/retrain", GatewayClient.object());
        JsonNode job = cluster.gateway().awaitJob(ordered.path("id").asLong());
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("SUCCEEDED");
        cluster.gateway().awaitSettled("mail");
        cluster.predictAndReport(40); // fewer than a proof takes
        int version = job.path("version").asInt();
        assertThat(stage(version)).isIn("SHADOW", "QUARANTINED");
        for (JsonNode judged : atGateway.model("mail").path("rollout")) {
            assertThat(judged.at("/labels/used").asInt()).as(judged.toString()).isPositive();
        }
        if (!stage(version).equals("CHAMPION")) { // whatever the evidence says
            ObjectNode insisting = GatewayClient.object().put("version", version);
            atGateway.post("/models/mail/promote", insisting.put("force", true));
        }
        JsonNode mail = cluster.gateway().awaitSettled("mail");
        assertThat(mail.path("champion").asInt()).isEqualTo(version);
        // the former champion answers one in twenty
        await().atMost(Serving.PATIENCE).until(() -> GatewayClient.good(cluster.nextMail())
                .path("model_version")
                .asText()
                .equals(String.valueOf(version)));
    }

    @Test
    @Order(3)
    void anOperatorsCanaryIsRolledBackByTheLabelsThatTheGatewayTook() {
        GatewayClient atRegistry = cluster.registry().client();
        int champion = atRegistry.model("mail").path("champion").asInt();
        JsonNode artifact = atRegistry.get("/models/mail/versions/" + champion + "/artifact");
        int flipped = atGateway.register("mail", Shipped.mislabelled(artifact));
        ObjectNode canary = GatewayClient.object().put("version", flipped).put("to", "canary");
        atRegistry.post("/models/mail/promote", canary.put("share", 0.4));
        cluster.gateway().awaitSettled("mail");
        cluster.predictAndReport(60);
        assertThat(stage(flipped)).isEqualTo("QUARANTINED");
        JsonNode mail = cluster.gateway().awaitSettled("mail");
        assertThat(mail.path("champion").asInt()).isEqualTo(champion);
    }

    @Test
    @Order(4)
    void healthIsTheSameAtBothDoorsAndOfUsersRequestsAlone() {
        JsonNode before = atGateway.get("/models/mail/health");
        assertThat(before.path("status").asText()).isEqualTo("healthy");
        cluster.predictAndReport(10);
        JsonNode after = atGateway.get("/models/mail/health");
        assertThat(ever(after)).isEqualTo(ever(before) + 10);
        assertThat(after.path("complete").asBoolean()).isTrue();
        assertThat(after.path("nodes")).hasSize(1);
        await().atMost(Serving.PATIENCE) // copies for a shadow are answered after the requests
                .untilAsserted(() -> assertThat(cluster.registry().client().get("/models/mail/health"))
                        .isEqualTo(atGateway.get("/models/mail/health")));
    }

    /** Attempts at users' traffic since the gateway started. */
    private static long ever(JsonNode health) {
        long attempts = 0;
        for (JsonNode version : health.path("versions")) {
            attempts += version.path("lifetime").path("attempts").asLong();
        }
        return attempts;
    }

    @Test
    @Order(5)
    void aDegradedCopyIsTakenBackByTheGuardAndTheChampionIsAsItWas() {
        JsonNode before = withoutExperiment();
        int champion = before.path("champion").asInt();
        JsonNode artifact = atGateway.get("/models/mail/versions/" + champion + "/artifact");
        ObjectNode order = GatewayClient.object().put("scale", 3).put("seed", 7);
        JsonNode drill = atGateway.post("/models/mail/drill", order.put("share", 0.4));
        assertThat(drill.path("deltas").path("accuracy").asDouble())
                .as(drill.toString())
                .isNegative();
        cluster.gateway().awaitSettled("mail");
        int copy = drill.path("version").asInt();
        for (int i = 0; i < 20 && !stage(copy).equals("QUARANTINED"); i++) {
            cluster.predictAndReport(40);
        }
        assertThat(stage(copy)).isEqualTo("QUARANTINED");
        JsonNode after = cluster.gateway().awaitSettled("mail");
        assertThat(after.path("drill").isNull()).isTrue();
        assertThat(after.path("champion").asInt()).isEqualTo(champion);
        assertThat(after.at("/routing/shares")).isEqualTo(before.at("/routing/shares"));
        assertThat(after.at("/monitor/baseline")).isEqualTo(before.at("/monitor/baseline"));
        assertThat(atGateway.get("/models/mail/versions/" + champion + "/artifact"))
                .isEqualTo(artifact);
        assertThat(cluster.version(champion).path("sha256")).isEqualTo(drill.path("ofSha256"));
        atGateway.post("/models/mail/resume", GatewayClient.object());
    }

    /** Enough labels have come for a retraining, whose version may be in shadow. */
    private static JsonNode withoutExperiment() {
        atGateway.post("/models/mail/pause", GatewayClient.object());
        if (cluster.gateway().awaitSettled("mail").path("shadow").isInt()) {
            atGateway.post("/models/mail/abort", GatewayClient.object());
        }
        return cluster.gateway().awaitSettled("mail");
    }

    @Test
    @Order(6)
    void noPredictionFailsWhenOneOfTwoModelNodesIsKilled() {
        assertThatNoPredictionFailsWhen(ChildProcess::kill);
    }

    @Test
    @Order(7)
    void noPredictionFailsWhenOneOfTwoModelNodesHangs() {
        assertThatNoPredictionFailsWhen(ChildProcess::freeze);
    }

    private static void assertThatNoPredictionFailsWhen(Consumer<ChildProcess> happens) {
        try (Serving second = cluster.secondModelNode()) {
            Traffic traffic = Traffic.of(APPLICATIONS, () -> GatewayClient.send(atGateway.inferMail("hello")));
            try (traffic) {
                await().atMost(Serving.PATIENCE).until(sentMore(traffic, 500));
                happens.accept(second.process());
                await().atMost(Serving.PATIENCE).until(() -> cluster.hosts() == 1);
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
    @Order(8)
    void withoutModelNodeAndRegistryTheGatewayRefusesQuicklyAndGoesOnWhenTheyAreBack() throws IOException {
        JsonNode before = atGateway.model("mail");
        JsonNode answer = GatewayClient.good(cluster.nextMail());
        cluster.registry().process().kill();
        for (int i = 0; i < 20; i++) {
            assertThatItIsRefused(cluster.nextMail(), NO_HANG);
        }
        assertThatItIsRefused(atGateway.admin("/models/mail"), GIVEN_UP);
        assertThat(atGateway.get("/models/mail/health").path("complete").asBoolean())
                .as("needs no registry")
                .isTrue();
        ObjectNode label = GatewayClient.object()
                .put(
                        "prediction_id",
                        GatewayClient.output(answer, "prediction_id").path(0).asText())
                .put("truth", "ham");
        assertThatItIsRefused(atGateway.data("/v2/models/mail/feedback").POST(GatewayClient.body(label)), GIVEN_UP);
        cluster.startRegistryAgain();
        await().atMost(Serving.PATIENCE).until(() -> cluster.ask().statusCode() == 200);
        assertThat(cluster.predictAndReport(10)).isEqualTo(10);
        JsonNode after = atGateway.model("mail");
        assertThat(after.path("champion")).isEqualTo(before.path("champion"));
        assertThat(after.path("labels").path("accepted").asInt())
                .isEqualTo(before.path("labels").path("accepted").asInt() + 10);
    }

    @Test
    @Order(9)
    void everyProcessEndsSoonAndWithoutAStackTraceWhenItIsAskedTo() {
        for (Serving member : List.of(cluster.gateway(), cluster.registry())) {
            int said = member.process().err().length();
            member.process().terminate();
            member.process().awaitExit(Duration.ofSeconds(3));
            assertThat(member.process().err().substring(said)).doesNotContain("\tat ", "Exception", "ERROR");
        }
    }

    private static void assertThatItIsRefused(HttpRequest.Builder request, Duration within) throws IOException {
        long start = System.nanoTime();
        HttpResponse<String> refused = GatewayClient.send(request);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(within);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
    }

    private static String stage(int version) {
        return cluster.version(version).path("stage").asText();
    }
}
