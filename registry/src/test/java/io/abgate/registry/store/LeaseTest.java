package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Several registries on one PostgreSQL: who may write, and when another takes over. */
final class LeaseTest {
    private static final String A_LABEL = "INSERT INTO label VALUES (2, 'mail', 2, 2, 1, 0, 1, 1, 1, 0, 0.5, 1, 1,"
            + " 'ACCEPTED', 'ham', 1, 1, 'stale', NULL)";

    @TempDir
    private Path home;

    private TestDatabase database;

    @BeforeEach
    void makeADatabase() {
        database = TestDatabase.Engine.POSTGRESQL.in(home);
    }

    private void expire() {
        database.sql("UPDATE lease SET expires_at_millis = 1");
    }

    @Test
    void isHeldByOneAndRefusedToAnotherWhoIsToldByWhomAndForHowLong() {
        try (EventStore first = database.open("node-a")) {
            first.renew();

            assertThatThrownBy(() -> database.open("node-b"))
                    .isInstanceOf(LeaseHeldException.class)
                    .hasMessageMatching("postgresql://localhost:\\d+/test_\\d+ is led by node-a, whose lease lasts"
                            + " [0-5]\\.\\d s more");
            assertThat(first.isShared()).isTrue();
            assertThat(first.write(transaction -> label(transaction, 1)).seq()).isEqualTo(1);
        }
    }

    @Test
    void isProlongedByEveryWriteAndEveryRenewalByTheDatabasesClock() {
        String left = "SELECT expires_at_millis - EXTRACT(EPOCH FROM clock_timestamp()) * 1000 > 3000 FROM lease";
        try (EventStore store = database.open()) {
            expire();
            store.renew();
            assertThat(database.value(left)).isEqualTo("t");
            expire();
            store.write(transaction -> label(transaction, 1));
            assertThat(database.value(left)).isEqualTo("t");
        }
    }

    @Test
    void isTakenAtOnceFromOneWhoGaveItBack() {
        database.open("node-a").close();

        try (EventStore next = database.open("node-b")) {
            assertThat(next.write(transaction -> label(transaction, 1)).seq()).isEqualTo(1);
        }
    }

    @Test
    void isTakenFromOneWhoFellSilentInTheMiddleOfAStatement() throws SQLException {
        database.open("node-a").close();
        try (Connection silent = database.connect();
                Statement sql = silent.createStatement()) {
            silent.setAutoCommit(false);
            sql.execute("UPDATE lease SET expires_at_millis = 1, token = 'silent'");
            silent.commit();
            sql.execute("UPDATE lease SET seq = seq");
            silent.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY event FROM STDIN"); // and sends nothing

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::isTaken);
        }
    }

    private boolean isTaken() {
        try (EventStore next = database.open("node-b")) {
            return next.write(transaction -> label(transaction, 1)).seq() == 1;
        } catch (LeaseHeldException e) {
            return false;
        }
    }

    @Test
    void isTakenOverWhenItRanOutAndTheDeposedOneCannotWrite() {
        EventStore old = database.open("node-a");
        old.write(transaction -> label(transaction, 1));
        expire();
        try (EventStore next = database.open("node-b")) {
            assertThatThrownBy(() -> old.write(transaction -> label(transaction, 2)))
                    .isInstanceOf(DeposedException.class)
                    .hasMessage("another writer holds the lease: node-b");
            assertThatThrownBy(old::renew).isInstanceOf(DeposedException.class);
            old.close();

            assertThat(next.write(transaction -> label(transaction, 3)).seq())
                    .as("it goes on after the label and its cover, and the deposed one's end takes nothing from it")
                    .isEqualTo(3);
            assertThat(next.check().broken()).isEmpty();
        }
    }

    @Test
    void isNotTakenFromOneWhoIsInTheMiddleOfAWriteEvenWhenItRanOut() {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        try (EventStore old = database.open("node-a")) {
            database.sql("UPDATE lease SET expires_at_millis = 1");
            CompletableFuture<LabelRow> write = CompletableFuture.supplyAsync(() -> old.write(transaction -> {
                LabelRow label = label(transaction, 1);
                written.countDown();
                await(tried);
                return label;
            }));
            await(written);
            try (Connection waiting = database.connect();
                    Statement sql = waiting.createStatement()) {
                sql.execute("SET lock_timeout = 300");
                assertThatThrownBy(() -> sql.execute("UPDATE lease SET token = 'mine' WHERE expires_at_millis < 2"))
                        .hasMessageContaining("lock timeout");
            } catch (SQLException e) {
                throw new AssertionError(e);
            } finally {
                tried.countDown();
            }
            assertThat(write.join().seq()).isEqualTo(1);
        }
    }

    @Test
    void isRefusedToOneWhoWaitedTooLongForTheHoldersTransaction() throws SQLException {
        EventStore old = database.open("node-a");
        expire();
        try (Connection holder = database.connect();
                Statement sql = holder.createStatement()) {
            sql.execute("BEGIN; SELECT * FROM lease FOR UPDATE");
            assertThatThrownBy(() -> database.open("node-b"))
                    .isInstanceOf(LeaseHeldException.class)
                    .hasMessageEndingWith("is led by node-a, whose lease lasts 0.0 s more");
        }
        database.open("node-b").close();
        old.close();
    }

    private static void await(CountDownLatch latch) {
        Awaitility.await().until(() -> latch.getCount() == 0);
    }

    @Test
    void isTakenOverFromAFrozenWriterWhoseTransactionTheServerEndsAndNothingOfItIsThere() {
        EventStore frozen = database.open("node-a");
        assertThatThrownBy(() -> frozen.write(transaction -> {
                    label(transaction, 1);
                    standStill();
                    return label(transaction, 2);
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the store cannot write: ");

        assertThat(database.tablesWithRows()).isEmpty();
        assertThat(frozen.write(transaction -> label(transaction, 3)).seq())
                .as("with another connection")
                .isEqualTo(1);
        frozen.close();
    }

    /** Stands still until the server has ended the transaction. */
    private void standStill() {
        String open = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND state LIKE 'idle in transaction%'";
        assertThat(database.value(open)).isEqualTo("1");
        Awaitility.await().atMost(Duration.ofSeconds(4)).until(() -> database.value(open)
                .equals("0"));
    }

    @Test
    void wouldLetAStaleWriteThroughIfItWereCheckedFirstAndWrittenUnderAfterwards() throws SQLException {
        EventStore old = database.open("node-a");
        String token = database.value("SELECT token FROM lease");
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try (ResultSet checked = sql.executeQuery("SELECT token FROM lease")) {
                assertThat(checked.next() && token.equals(checked.getString(1)))
                        .as("the check is passed")
                        .isTrue();
            }
            takeOverAndClose();

            sql.executeUpdate(A_LABEL);
            connection.commit();
        }
        assertThat(database.value("SELECT source FROM label")).isEqualTo("stale");
        old.close();
    }

    @Test
    void letsNoStaleWriteThroughInTheSameInterleaving() throws SQLException {
        EventStore old = database.open("node-a");
        String token = database.value("SELECT token FROM lease");
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(sql.executeQuery("SELECT 1").next())
                    .as("the transaction has begun")
                    .isTrue();
            takeOverAndClose();

            try (ResultSet fence =
                    sql.executeQuery("UPDATE lease SET seq = seq WHERE token = '" + token + "' RETURNING seq")) {
                assertThat(fence.next()).as("the fence is passed").isFalse();
            }
            connection.rollback();
        }
        assertThatThrownBy(() -> old.write(transaction -> label(transaction, 1)))
                .isInstanceOf(DeposedException.class);
        assertThat(database.tablesWithRows()).isEmpty();
        old.close();
    }

    private void takeOverAndClose() {
        expire();
        database.open("node-b").close();
    }
}
