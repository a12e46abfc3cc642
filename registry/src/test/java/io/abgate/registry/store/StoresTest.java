package io.abgate.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class StoresTest {
    @TempDir
    private Path folder;

    private EventStore open(String url, Path home) {
        return Stores.open(url, home, "node-b", InstantSource.fixed(StoreFixture.NOW));
    }

    @Test
    void makesTheFolderAndTheFileThatAreNotThere() {
        Path home = folder.resolve("new/home");
        open("sqlite:", home).close();
        open("sqlite:" + folder.resolve("elsewhere/ledger.db"), home).close();

        assertThat(home.resolve("abgate.db")).isRegularFile();
        assertThat(folder.resolve("elsewhere/ledger.db")).isRegularFile();
    }

    @Test
    void givesEveryDatabaseItsOwnName() {
        try (EventStore one = open("sqlite:one.db", folder);
                EventStore other = open("sqlite:other.db", folder)) {
            assertThat(one.storeId()).hasSize(36).isNotEqualTo(other.storeId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abgate.db", "mysql://db", "jdbc:sqlite:abgate.db", "sqlite:/"})
    void refusesWhatIsNoStore(String url) {
        assertThatThrownBy(() -> open(url, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void refusesAFileThatIsNoDatabaseInOneLine() throws IOException {
        Files.writeString(folder.resolve("abgate.db"), "certainly not a database, but long enough to look at");

        assertThatThrownBy(() -> open("sqlite:", folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("abgate.db cannot be opened: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesTheDatabaseOfANewerAbgateInOneLine() {
        open("sqlite:", folder).close();
        TestDatabase.Engine.SQLITE
                .in(folder)
                .sql(
                        "INSERT INTO flyway_schema_history SELECT 900, '900', 'later', type, 'V900__later.sql', 0, installed_by,"
                                + " installed_on, execution_time, success FROM flyway_schema_history WHERE installed_rank = 1");

        assertThatThrownBy(() -> open("sqlite:", folder))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith(
                        "abgate.db has schema version 900, which is newer than this abgate: start the newer one");
    }

    @Test
    void refusesASecondOpeningByAnyNameOfTheFileAndNamesTheHolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("home")));
        try (EventStore first = StoreFixture.open(folder.resolve("home"))) {
            assertThatThrownBy(() -> open("sqlite:", link))
                    .isInstanceOf(StoreException.class)
                    .hasMessageEndingWith("home/abgate.db is in use by node-a: one registry process at a time");
            LabelRow label = first.write(transaction -> StoreFixture.label(transaction, 1));
            assertThat(label.seq()).as("of the first, which works on").isEqualTo(1);
        }
        open("sqlite:", link).close();
    }

    @Test
    void refusesWhatAnotherProcessHasAndTakesItOverWhenThatIsKilled() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = other.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> open("sqlite:", folder)).hasMessageContaining("is in use by node-a");
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (EventStore store = open("sqlite:", folder)) {
            assertThat(StoreFixture.counting(store, 1)).isPresent();
            assertThat(store.write(transaction -> StoreFixture.label(transaction, 2))
                            .seq())
                    .isEqualTo(3);
        }
    }

    @Test
    void saysNothingWhileItOpensWhenFlywayAndHikariAreQuiet() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        root.addAppender(lines);
        try {
            open("sqlite:", folder).close();
        } finally {
            root.detachAppender(lines);
        }
        assertThat(lines.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.INFO));
    }
}
