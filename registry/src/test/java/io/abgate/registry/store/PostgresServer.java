package io.abgate.registry.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of a process, and as many databases in it as they like. */
final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private PostgresServer() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database and gives its name. */
    static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = connect("postgres");
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE DATABASE " + name);
            return name;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static String url(String database) {
        return "postgresql://postgres:secret@localhost:" + SERVER.getPort() + "/" + database;
    }

    static Connection connect(String database) throws SQLException {
        return SERVER.getDatabase("postgres", database).getConnection();
    }
}
