package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
