package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store says when its database fails, and that it goes on when the database does. */
final class StoreFailuresTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @EnumSource(TestDatabase.Engine.class)
    void saysThatTheDatabaseIsLockedAndWritesWhenItIsNotAnyMore(TestDatabase.Engine engine) throws SQLException {
        TestDatabase database = engine.in(home);
        String lock = engine == TestDatabase.Engine.SQLITE ? "BEGIN EXCLUSIVE" : "BEGIN; LOCK TABLE lease";
        try (EventStore store = database.open()) {
            store.write(transaction -> label(transaction, 1));
            try (Connection other = database.connect();
                    Statement sql = other.createStatement()) {
                sql.execute(lock);
                assertThatThrownBy(() -> store.write(transaction -> label(transaction, 2)))
                        .isInstanceOf(StoreException.class)
                        .hasMessage("the store cannot write: database is locked by another process");
                assertThat(StoreFixture.counting(store, 1)).as("reads go on").isPresent();
                sql.execute("ROLLBACK");
            }
            assertThat(store.write(transaction -> label(transaction, 2)).seq()).isEqualTo(3);
            assertThat(store.check().broken()).isEmpty();
        }
    }

    @Test
    void saysThatTheDatabaseIsFullAndLeavesNothingHalfDone() {
        StoreFixture.open(home).close();
        Path limited = home.resolve("abgate.db?max_page_count=1"); // of the driver; no less than there are
        ProcessLock lock = ProcessLock.acquire(home.resolve("abgate.db"), "node-a");
        String input = "\"" + "x".repeat(100_000) + "\"";
        try (EventStore store = JdbcEventStore.open(
                new SqliteDialect(limited), lock, "node-a", InstantSource.fixed(StoreFixture.NOW))) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> store.write(transaction -> {
                            label(transaction, 1);
                            return String.valueOf(
                                    transaction.sample("mail", 2, 2, SampleRow.Origin.LIVE, input, null, List.of()));
                        }))
                        .isInstanceOf(StoreException.class)
                        .hasMessage("the store cannot write: database or disk is full");
                assertThat(StoreFixture.counting(store, 1)).isEmpty();
            }
            assertThat(store.write(transaction -> label(transaction, 1)).seq())
                    .as("what fits is written")
                    .isEqualTo(1);
            assertThat(store.check().broken()).isEmpty();
        }
    }

    @Test
    void saysThatTheServerIsReadOnlyAndWritesWhenItIsNotAnyMore() {
        TestDatabase database = TestDatabase.Engine.POSTGRESQL.in(home);
        String name = database.value("SELECT current_database()");
        try (EventStore store = database.open()) {
            database.sql("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
            disconnect(database);
            Awaitility.await()
                    .untilAsserted(() -> assertThatThrownBy(() -> store.write(transaction -> label(transaction, 1)))
                            .isInstanceOf(StoreException.class)
                            .hasMessage("the store cannot write: database is read-only"));

            database.sql("BEGIN READ WRITE; ALTER DATABASE " + name + " RESET default_transaction_read_only; COMMIT");
            disconnect(database);
            Awaitility.await()
                    .ignoreExceptionsInstanceOf(StoreException.class)
                    .until(() ->
                            store.write(transaction -> label(transaction, 1)).seq() == 1);
        }
    }

    /** Ends the connections of the store, of which the pool notices when it lends the next one after a while. */
    private static void disconnect(TestDatabase database) {
        database.value("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name = 'abgate'");
    }

    @Test
    void losesNothingButOneWriteWhenTheServerEndsItsConnection() {
        TestDatabase database = TestDatabase.Engine.POSTGRESQL.in(home);
        try (EventStore store = database.open()) {
            assertThatThrownBy(() -> store.write(transaction -> {
                        label(transaction, 1);
                        store.lastSeq(); // on another connection, which then is idle
                        disconnect(database);
                        return label(transaction, 2);
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("the store cannot write: no connection to the server");
            assertThat(database.tablesWithRows()).isEmpty();
            assertThat(store.write(transaction -> label(transaction, 1)).seq()).isEqualTo(1);
        }
    }
}
