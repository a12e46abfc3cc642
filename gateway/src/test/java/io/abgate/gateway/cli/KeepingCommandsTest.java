package io.abgate.gateway.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.cli.FakeGateway.Run;
import io.abgate.registry.keys.TokenKeys;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepingCommandsTest {
    private static final String INTACT = "intact: 2 events, 0 labels, head [0-9a-f]{12}…\n";
    private static final String SECRET_URL = "postgresql://me:secret@127.0.0.1:1/abgate";

    @TempDir
    private Path folder;

    private Path home;
    private Path backup;

    @BeforeEach
    void fill() {
        home = folder.resolve("home");
        backup = folder.resolve("backup");
        TokenKeys.createIfAbsent(home);
        try (EventStore store = open(home)) {
            store.write(transaction -> transaction.append("operator", "PROMOTED", "mail", "{}"));
            store.write(transaction -> transaction.append("operator", "PROMOTED", "mail", "{\"to\":2}"));
        }
    }

    @Test
    void backsUpDatabaseAndKeysForTheirOwnerAlone() throws IOException {
        Run run = run("backup", backup, "--home", home);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).matches(".*backup holds abgate.db and token.keys; keep both secret\n" + INTACT);
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(keys(backup))).isEqualTo(fromString("rw-------"));
        assertThat(keys(backup)).hasSameBinaryContentAs(keys(home));
        assertThat(run("verify", "--store", "sqlite:" + backup.resolve("abgate.db"), "--home", home)
                        .out())
                .matches(INTACT);
    }

    @Test
    void backsUpAndChecksBesideARunningRegistry() {
        try (EventStore store = open(home)) {
            assertThat(run("verify", "--home", home).out()).matches(INTACT);
            assertThat(run("backup", backup, "--home", home).code()).isZero();
            store.write(transaction -> transaction.append("operator", "PROMOTED", "mail", "{\"to\":3}"));
            assertThat(run("verify", "--home", home).out()).startsWith("intact: 3 events");
        }
    }

    @Test
    void restoresIntoAHomeWithoutADatabase() throws IOException {
        run("backup", backup, "--home", home);
        Path other = folder.resolve("other");

        Run run = run("restore", backup, "--home", other);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("restored, intact: 3 events, 0 labels, head ")
                .contains("what was acknowledged after the backup is gone", "routes.json", other.toString());
        assertThat(keys(other)).hasSameBinaryContentAs(keys(home));
        assertThat(Files.getPosixFilePermissions(keys(other))).isEqualTo(fromString("rw-------"));
        assertThat(run("verify", "--home", other).code()).isZero();
    }

    @Test
    void restoresIntoAHomeThatKnowsTheKeysAndLeavesTheRestOfIt() throws IOException {
        run("backup", backup, "--home", home);
        loseDatabase();
        String more = Files.readString(keys(home)) + "2 " + "A".repeat(43) + "=\n";
        Files.writeString(keys(home), more);
        Files.writeString(home.resolve("routes.json"), "{}");

        Run run = run("restore", backup, "--home", home);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(keys(home)).hasContent(more);
        assertThat(home.resolve("routes.json")).hasContent("{}");
    }

    @Test
    void printsWhatItFoundAsTheGatewayWould() {
        String json =
                "\\{\"intact\":true,\"events\":2,\"labels\":0,\"head\":\"[0-9a-f]{64}\",\"seq\":null,\"reason\":null}\n";
        assertThat(run("verify", "--home", home, "--json").out()).matches(json);
        assertThat(run("backup", backup, "--home", home, "--json").out()).matches(json);
    }

    @Test
    void aHomeWithADatabaseIsNotTouched() throws IOException {
        run("backup", backup, "--home", home);
        byte[] before = Files.readAllBytes(home.resolve("abgate.db"));
        Files.move(keys(home), folder.resolve("keys"));

        Run run = run("restore", backup, "--home", home);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("abgate.db", "move");
        assertThat(home.resolve("abgate.db")).hasBinaryContent(before);
        assertThat(keys(home)).doesNotExist();
    }

    @Test
    void otherKeysAreNotReplaced() throws IOException {
        run("backup", backup, "--home", home);
        Path other = folder.resolve("other");
        TokenKeys.createIfAbsent(other);
        byte[] before = Files.readAllBytes(keys(other));

        assertThat(run("restore", backup, "--home", other))
                .isEqualTo(new Run(
                        1,
                        "",
                        keys(other) + ": other keys than those of the backup"
                                + " (expected: the same, or none: move the file away)\n"));

        assertThat(keys(other)).hasBinaryContent(before);
        assertThat(other.resolve("abgate.db")).doesNotExist();
    }

    @Test
    void aBackupGoesIntoAFolderThatIsNewOrEmpty() throws IOException {
        Files.createDirectories(backup);
        assertThat(run("backup", backup, "--home", home).code()).isZero();
        assertThat(run("backup", backup, "--home", home))
                .isEqualTo(new Run(1, "", backup + ": not empty (expected: a folder that is new or empty)\n"));
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("backup", file, "--home", home))
                .isEqualTo(new Run(1, "", file + ": a file (expected: a folder that is new or empty)\n"));
    }

    @Test
    void aHomeWithoutKeysIsNotBackedUp() throws IOException {
        Files.delete(keys(home));

        Run run = run("backup", backup, "--home", home);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("token.keys: no readable file " + keys(home));
        assertThat(backup).doesNotExist();
    }

    @Test
    void aFolderThatIsNoBackupIsNotRestored() throws IOException {
        Files.createDirectories(backup);
        assertThat(run("restore", backup, "--home", folder.resolve("other")))
                .isEqualTo(new Run(
                        1, "", backup.resolve("abgate.db") + ": no such file (expected: one that backup made)\n"));
        Files.writeString(backup.resolve("abgate.db"), "");
        assertThat(run("restore", backup, "--home", folder.resolve("other")).err())
                .startsWith("token.keys: no readable file " + keys(backup));
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void aDatabaseThatWasChangedIsTold() throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("abgate.db"));
                Statement statement = database.createStatement()) {
            statement.execute("UPDATE event SET body = '{\"to\":7}' WHERE seq = (SELECT max(seq) FROM event)");
        }

        Run run = run("verify", "--home", home);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("broken at event ").contains("what fits: 1 events, 0 labels");
        assertThat(run("backup", backup, "--home", home).code()).isEqualTo(1);
    }

    @Test
    void aDatabaseIsFoundAsServeIsToldAndAlsoWhenAConfigurationIsBroken() throws IOException {
        Path broken = Files.writeString(folder.resolve("abgate.yaml"), "nonsense: 1\n");
        assertThat(run("verify", "--set", "home=" + home).out()).matches(INTACT);
        assertThat(run("verify", "--config", broken).err()).contains("nonsense");
        assertThat(run("verify", "--config", broken, "--store", "sqlite:", "--home", home)
                        .out())
                .matches(INTACT);
    }

    @Test
    void aDatabaseThatIsNotThereIsNotMade() {
        Path nowhere = folder.resolve("nowhere");
        assertThat(run("verify", "--home", nowhere).code()).isEqualTo(1);
        assertThat(nowhere).doesNotExist();
        assertThat(run("verify", "--store", "oracle:", "--home", home).err()).startsWith("store.url: oracle:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty", "file"})
    void aHomeThatIsNoneHasNothingToBackUp(String name) throws IOException {
        Files.createDirectories(home.resolve("empty"));
        Files.createFile(home.resolve("file"));
        Run run = run("backup", backup, "--home", home.resolve(name));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("token.keys: no readable file " + home.resolve(name))
                .hasLineCount(1);
        assertThat(backup).doesNotExist();
    }

    @Test
    void postgresqlHasItsOwnTools() {
        assertThat(run("backup", backup, "--store", SECRET_URL, "--home", home))
                .isEqualTo(new Run(
                        2,
                        "",
                        "--store: a PostgreSQL database (expected: sqlite:; use pg_dump, and copy token.keys of home"
                                + " too) (see: abgate backup --help)\n"));
        assertThat(run("restore", backup, "--store", SECRET_URL, "--home", home))
                .isEqualTo(new Run(
                        2,
                        "",
                        "--store: a PostgreSQL database (expected: sqlite:; use pg_restore, then restore --in-place)"
                                + " (see: abgate restore --help)\n"));
        assertThat(backup).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup",
                "restore",
                "restore --store sqlite:",
                "restore --in-place --store sqlite: --home nowhere",
                "restore DIR --in-place",
                "backup a b"
            })
    void aWrongCallIsRefused(String call) {
        Run run = FakeGateway.run(Map.of(), call.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
    }

    private void loseDatabase() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            for (Path file :
                    files.filter(file -> file.toString().contains("abgate.db")).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path keys(Path folder) {
        return folder.resolve(TokenKeys.FILE);
    }

    private static EventStore open(Path home) {
        return Stores.open("sqlite:", home, "test", InstantSource.system());
    }

    private static Run run(String command, Object... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = command;
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        return FakeGateway.run(Map.of(), words);
    }
}
