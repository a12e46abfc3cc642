package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two registries on one PostgreSQL database: whatever becomes of the one that leads, the other goes on for it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailoverTest {
    private static final String MODEL = "/models/" + Sides.NAME;
    private static final Duration TAKEOVER = Duration.ofSeconds(10);

    private static Database database;
    private static Twins twins;
    private static Crew crew;

    @BeforeAll
    static void start(@TempDir Path homes) throws IOException {
        database = Database.postgresql("failover");
        twins = new Twins(homes, database);
        crew = new Crew(twins.leader().client(), new Random(11), true);
    }

    @AfterAll
    static void end() {
        twins.close();
    }

    @Test
    @Order(1)
    void theOtherLeadsWithinSecondsWhenTheLeaderIsKilled() throws IOException {
        Serving leader = twins.leader();
        Serving other = twins.other();
        crew.worksWhile(other.client(), () -> {
            crew.awaitLabels(200);
            leader.process().kill();
            assertThat(awaitTakeoverBy(other)).isLessThan(TAKEOVER);
        });
        crew.check(other.client());
        twins.startAgain();
        assertThat(twins.leads(other)).isTrue();
    }

    @Test
    @Order(2)
    void oneThatIsFrozenInTheMiddleOfAWriteFindsThatItHasBeenReplaced() throws IOException {
        Serving leader = twins.leader();
        Serving other = twins.other();
        crew.worksWhile(other.client(), () -> {
            crew.awaitLabels(200);
            freezeWithinATransaction(leader);
            // whoever asked the frozen one last waits for 5 s in vain before asking again
            assertThat(awaitTakeoverBy(other)).isLessThan(TAKEOVER.plusSeconds(5));
            leader.process().thaw();
            await().atMost(Serving.PATIENCE).until(() -> leader.process().err().contains("stands by from now on"));
            crew.awaitLabels(200);
        });
        assertThat(twins.leads(other)).isTrue();
        crew.check(other.client());
        await().atMost(Serving.PATIENCE).until(() -> Sides.answers(leader.client()));
        crew.worksWhile(leader.client(), () -> crew.awaitLabels(200));
        crew.checkEverything(leader.client());
    }

    @Test
    @Order(3)
    void aReceiptOfOneThatDiedIsComputedAgainByTheOtherToTheSameBits() throws IOException {
        Serving leader = twins.leader();
        Serving other = twins.other();
        long receipt = takenBack(leader);
        List<JsonNode> before = replays(leader.client(), receipt);
        leader.process().kill();
        await().atMost(Serving.PATIENCE).until(() -> twins.leads(other) && works(other));
        assertThat(replays(other.client(), receipt)).isEqualTo(before);
        Ledger.assertIntact(other.client());
    }

    /** Has labels take a canary back, by which it is always wrong and the champion always right; gives the receipt. */
    private static long takenBack(Serving leader) throws IOException {
        GatewayClient client = leader.client();
        GatewayClient.send(client.admin(MODEL + "/abort").POST(GatewayClient.body(GatewayClient.object()))); // if any
        int champion = leader.awaitSettled(Sides.NAME).path("champion").asInt();
        JsonNode artifact = client.get(MODEL + "/versions/" + champion + "/artifact");
        int wrong = client.register(Sides.NAME, Shipped.mislabelled(artifact));
        ObjectNode canary = GatewayClient.object().put("version", wrong).put("to", "canary");
        client.post(MODEL + "/promote", canary.put("share", 0.5));
        leader.awaitSettled(Sides.NAME);
        Random random = new Random(3);
        await().atMost(Serving.PATIENCE).until(() -> {
            label(client, wrong, random);
            return stage(client, wrong).equals("QUARANTINED");
        });
        return client.model(Sides.NAME).path("receipt").asLong();
    }

    private static String stage(GatewayClient client, int version) {
        return client.get(MODEL + "/versions/" + version).path("stage").asText();
    }

    /** Twenty requests with their labels. */
    private static void label(GatewayClient client, int wrong, Random random) {
        List<String> ids = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            JsonNode answer = GatewayClient.good(Sides.infer(client, List.of(Sides.Point.random(random))));
            ids.addAll(Sides.ids(answer));
            String said = GatewayClient.output(answer, "label").path(0).asText();
            boolean right = answer.path("model_version").asInt() != wrong;
            truths.add(right == said.equals("left") ? "left" : "right");
        }
        client.feedback(Sides.NAME, ids, truths);
    }

    /** What a receipt says, and what is computed for it here, from a checkpoint and from the beginning. */
    private static List<JsonNode> replays(GatewayClient client, long receipt) {
        List<JsonNode> said = new ArrayList<>();
        for (String from : List.of("checkpoint", "beginning")) {
            ObjectNode order = GatewayClient.object().put("from", from);
            JsonNode replay = client.post("/receipts/" + receipt + "/replay", order);
            assertThat(replay.path("agrees").asBoolean()).as(replay.toString()).isTrue();
            assertThat(replay.path("wholeState").asBoolean()).isTrue();
            assertThat(replay.at("/replayed/bits/statistic").asText()).hasSize(16);
            assertThat(replay.path("replayed")).isEqualTo(replay.path("receipt"));
            said.add(replay.path("replayed"));
        }
        return said;
    }

    private static boolean works(Serving serving) throws IOException {
        return GatewayClient.send(serving.client().admin(MODEL)).statusCode() == 200;
    }

    /** It holds the lease's row, waits for the table of labels, and can go on only when it is thawed. */
    private static void freezeWithinATransaction(Serving leader) {
        Fault locked = database.lock("BEGIN", "LOCK TABLE label IN SHARE MODE");
        await().atMost(Serving.PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> !database.text(
                        "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND query LIKE '%INTO label%'")
                .equals("0"));
        leader.process().freeze();
        locked.close();
    }

    /** Gives how long it took until labels were acknowledged again. */
    private static Duration awaitTakeoverBy(Serving other) {
        long start = System.nanoTime();
        await().atMost(TAKEOVER).pollInterval(Duration.ofMillis(20)).until(() -> twins.leads(other));
        Duration led = Duration.ofNanos(System.nanoTime() - start);
        crew.awaitLabels(1);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
                "failover: the other leads after %d ms, labels are acknowledged after %d ms%n",
                led.toMillis(), took.toMillis());
        return took;
    }
}
