package io.abgate.registry.store;

import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.PredictionId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SQLite store in a folder, and rows to write into it. */
final class StoreFixture {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    static final List<ShadowAnswer> SHADOWS = List.of(new ShadowAnswer(3, 1, 0.7f), new ShadowAnswer(4, 0, 0.1f));

    private StoreFixture() {}

    static EventStore open(Path home) {
        return Stores.open("sqlite:", home, "node-a", InstantSource.fixed(NOW.plusNanos(1)));
    }

    static PredictionId id(long timeMillis, int flags) {
        return new PredictionId(1, flags, 65535, 2, 1, -7L, 0.1f, 12, Long.MIN_VALUE, timeMillis, -timeMillis);
    }

    static LabelRow label(Transaction transaction, long timeMillis, LabelRow.Kind kind, @Nullable String truth) {
        return transaction.label("mail", id(timeMillis, 0), kind, truth, 1.0 / 3, "app");
    }

    static LabelRow label(Transaction transaction, long timeMillis) {
        return label(transaction, timeMillis, LabelRow.Kind.ACCEPTED, "ham");
    }

    static @Nullable SampleRow sample(Transaction transaction, long timeMillis) {
        return transaction.sample(
                "mail", timeMillis, -timeMillis, SampleRow.Origin.LIVE, "\"text " + timeMillis + "\"", null, SHADOWS);
    }

    static @Nullable SampleRow seed(Transaction transaction, long row) {
        return transaction.sample("mail", row, 0, SampleRow.Origin.SEED, "\"seed\"", "spam", List.of());
    }

    /** Changes the database behind the store's back. */
    static void sql(Path home, String statement) {
        try (Connection connection = connect(home);
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Names of the tables that hold rows, apart from Flyway's own and the lease. */
    static List<String> tablesWithRows(Path home) {
        List<String> found = new ArrayList<>();
        try (Connection connection = connect(home);
                Statement sql = connection.createStatement()) {
            for (String table : List.of("event", "label", "artifact", "job", "sample", "route", "model_state")) {
                try (ResultSet rows = sql.executeQuery("SELECT * FROM " + table + " LIMIT 1")) {
                    if (rows.next()) {
                        found.add(table);
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return found;
    }

    private static Connection connect(Path home) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("abgate.db"));
    }
}
