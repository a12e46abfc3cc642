package io.abgate.loadtest;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Where a registry keeps its truth, as seen from outside.
 *
 * @param settings that make a process keep it there
 * @param url for the test's own connections
 */
record Database(List<String> settings, String url) {
    /** The file that a process makes in its home. */
    static Database sqlite(Path home) {
        return new Database(List.of(), "jdbc:sqlite:" + home.resolve("abgate.db"));
    }

    /** A new one of this name on the server of this test run, which is started when it is first needed. */
    static Database postgresql(String name) {
        EmbeddedPostgres server = Server.STARTED;
        new Database(List.of(), server.getJdbcUrl("postgres", "postgres")).execute("CREATE DATABASE " + name);
        String url = server.getJdbcUrl("postgres", name);
        return new Database(List.of("--set", "store.url=" + url.substring("jdbc:".length())), url);
    }

    /** Ended by its own hook when the test's process ends. */
    private static final class Server {
        static final EmbeddedPostgres STARTED = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setPGStartupWait(Duration.ofSeconds(40))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Connection connect() {
        try {
            return DriverManager.getConnection(url);
        } catch (SQLException e) {
            throw new IllegalStateException(url, e);
        }
    }

    /** Runs one statement in a transaction of its own. */
    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one value that a query gives, as text. */
    String text(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new AssertionError("nothing: " + query);
            }
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Keeps a transaction open that begins so. */
    Fault lock(String... statements) {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
        return () -> close(connection);
    }

    /** Lets nobody write; PostgreSQL only. */
    Fault readOnly() {
        readOnly("on");
        return () -> readOnly("off");
    }

    private void readOnly(String mode) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String name = connection.getCatalog();
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = " + mode);
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException("read-only " + mode, e);
        }
    }

    /** Changes a byte of a stored artifact until it is closed. */
    Fault alteredArtifact(String sha256) {
        byte[] bytes = artifact(sha256);
        byte[] altered = bytes.clone();
        altered[altered.length / 2] ^= 1;
        artifact(sha256, altered);
        return () -> artifact(sha256, bytes);
    }

    private byte[] artifact(String sha256) {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement("SELECT bytes FROM artifact WHERE sha256 = ?")) {
            query.setString(1, sha256);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new AssertionError("no artifact " + sha256);
                }
                return row.getBytes(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sha256, e);
        }
    }

    private void artifact(String sha256, byte[] bytes) {
        try (Connection connection = connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE artifact SET bytes = ? WHERE sha256 = ?")) {
            update.setBytes(1, bytes);
            update.setString(2, sha256);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sha256, e);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot be closed", e);
        }
    }
}
