package io.abgate.registry.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A database of a test, and what a test may do to it behind the store's back. */
final class TestDatabase {
    /** Every database that abgate knows. */
    enum Engine {
        SQLITE,
        POSTGRESQL;

        TestDatabase in(Path home) {
            return new TestDatabase(
                    this == SQLITE ? "sqlite:" : PostgresServer.url(PostgresServer.newDatabase()), home);
        }
    }

    private final String url;
    private final Path home;

    private TestDatabase(String url, Path home) {
        this.url = url;
        this.home = home;
    }

    String url() {
        return url;
    }

    EventStore open() {
        return open("node-a");
    }

    EventStore open(String holder) {
        return Stores.open(url, home, holder, InstantSource.fixed(StoreFixture.NOW.plusNanos(1)));
    }

    Connection connect() throws SQLException {
        return url.equals("sqlite:")
                ? DriverManager.getConnection("jdbc:sqlite:" + home.resolve("abgate.db"))
                : PostgresServer.connect(url.substring(url.lastIndexOf('/') + 1));
    }

    void sql(String statement) {
        try (Connection connection = connect();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of the first row. */
    String value(String query) {
        try (Connection connection = connect();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Names of the tables that hold rows, apart from Flyway's own and the lease. */
    List<String> tablesWithRows() {
        List<String> found = new ArrayList<>(
                List.of("event", "label", "artifact", "job", "sample", "route", "model_state", "answered_operation"));
        found.removeIf(table -> value("SELECT COUNT(*) FROM " + table).equals("0"));
        return found;
    }
}
