package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupsTest {
    private static final long JUMP = 1_000_000_000_000L;

    @TempDir
    private Path folder;

    private Path home;
    private Path file;

    @BeforeEach
    void makeAHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        file = folder.resolve("backup.db");
    }

    private void writeALittle() {
        try (EventStore store = StoreFixture.open(home)) {
            store.write(transaction -> label(transaction, 1));
        }
    }

    @Test
    void copiesAMomentOfAStoreThatIsWrittenTo() throws IOException {
        AtomicBoolean enough = new AtomicBoolean();
        try (EventStore store = StoreFixture.open(home)) {
            store.write(transaction -> label(transaction, 1));
            CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> {
                long written = 1;
                while (!enough.get()) {
                    long next = ++written;
                    store.write(transaction -> label(transaction, next));
                }
                return written;
            });
            Awaitility.await().until(() -> StoreFixture.counting(store, 20).isPresent());
            LedgerCheck copy = Backups.backup("sqlite:", home, file);
            enough.set(true);

            assertThat(copy.broken()).isEmpty();
            assertThat(copy.labels()).isBetween(20L, writer.join());
            assertThat(copy.events()).isEqualTo(copy.labels());
            assertThat(folder).isDirectoryNotContaining("glob:**backup.db-*");
            assertThat(store.check().broken()).isEmpty();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void overwritesNothingAndNeedsADatabase() throws IOException {
        assertThatThrownBy(() -> Backups.backup("sqlite:", home, file))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith("home/abgate.db: there is no database");
        assertThat(home).isEmptyDirectory();
        writeALittle();
        Files.writeString(file, "mine");

        assertThatThrownBy(() -> Backups.backup("sqlite:", home, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("backup: ");
        assertThat(file).hasContent("mine");
    }

    @Test
    void leavesPostgresqlToItsOwnTools() {
        assertThatThrownBy(() -> Backups.backup("postgresql://db/abgate", home, file))
                .hasMessage("store.url: PostgreSQL (expected: sqlite:…; use pg_dump for this one)");
        assertThatThrownBy(() -> Backups.restore(file, "postgresql://db/abgate", home))
                .hasMessageContaining("use pg_restore");
    }

    @Test
    void putsBackWhatWasThereAndGoesOnPastTheLostFuture() {
        writeALittle();
        Backups.backup("sqlite:", home, file);
        long lostEpoch;
        try (EventStore store = StoreFixture.open(home)) {
            lostEpoch = store.write(transaction -> transaction.append("registry", "ROUTE", "mail", "{}"))
                    .seq();
        }
        Path other = folder.resolve("other");

        LedgerCheck restored = Backups.restore(file, "sqlite:", other);

        assertThat(restored.broken()).isEmpty();
        assertThat(restored.labels()).isEqualTo(1);
        try (EventStore store = StoreFixture.open(other)) {
            StoredEvent said = store.events(new EventQuery(0, null, null, null, "RESTORED", 9))
                    .get(0);
            assertThat(said.seq()).isGreaterThan(lostEpoch + JUMP);
            assertThat(said.body()).isEqualTo("{\"from\":2,\"to\":" + (said.seq() - 1) + "}");
            assertThat(said.actor()).isEqualTo("operator");
            assertThat(store.write(transaction -> transaction.newJob("mail", "{}"))
                            .id())
                    .as("no worker's answer to a lost job is taken for another one's")
                    .isGreaterThan(said.seq());
            assertThat(store.write(transaction -> label(transaction, 2)).seq()).isEqualTo(said.seq() + 1);
            assertThat(StoreFixture.counting(store, 1)).isPresent();
            assertThat(store.check().broken()).isEmpty();
        }
        assertThat(other).isDirectoryNotContaining("glob:**restore*");
    }

    @Test
    void goesOnFurtherWhenTheSameBackupIsPutBackAgain() {
        writeALittle();
        Backups.backup("sqlite:", home, file);
        Backups.restore(file, "sqlite:", folder.resolve("first"));
        long first = restoredSeq(folder.resolve("first"));
        Backups.restore(file, "sqlite:", folder.resolve("second"));

        assertThat(restoredSeq(folder.resolve("second"))).isGreaterThan(first);
    }

    private static long restoredSeq(Path home) {
        try (EventStore store = StoreFixture.open(home)) {
            return store.events(new EventQuery(0, null, null, null, "RESTORED", 9))
                    .get(0)
                    .seq();
        }
    }

    @Test
    void putsNothingInThePlaceOfADatabaseOrOfOneThatIsInUse() {
        writeALittle();
        Backups.backup("sqlite:", home, file);

        assertThatThrownBy(() -> Backups.restore(file, "sqlite:", home))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("abgate.db (expected: no database there: move it away)");
        try (EventStore store = StoreFixture.open(home)) {
            assertThatThrownBy(() -> Backups.restore(file, "sqlite:", home))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is in use by node-a");
            assertThat(StoreFixture.counting(store, 1)).isPresent();
        }
    }

    @Test
    void putsNoBrokenBackupBack() {
        writeALittle();
        TestDatabase.Engine.SQLITE.in(home).sql("UPDATE label SET truth = 'spam'");
        LedgerCheck copy = Backups.backup("sqlite:", home, file);
        Path other = folder.resolve("other");

        assertThat(copy.broken()).isPresent();
        assertThat(file).exists();
        assertThatThrownBy(() -> Backups.restore(file, "sqlite:", other))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith("backup.db is broken at event 2: its labels were altered");
        assertThat(other.resolve("abgate.db")).doesNotExist();
    }

    @Test
    void checksAStoreThatIsInUseAndOneThatIsNot() {
        try (EventStore store = StoreFixture.open(home)) {
            store.write(transaction -> label(transaction, 1));
            assertThat(Backups.check("sqlite:", home).labels()).isEqualTo(1);
        }
        assertThat(Backups.check("sqlite:", home).labels()).isEqualTo(1);
        assertThatThrownBy(() -> Backups.check("sqlite:none.db", home))
                .hasMessageEndingWith("none.db: there is no database");
    }

    @Test
    void checksAndMovesAPostgresqlOnThatWasPutBack() {
        TestDatabase database = TestDatabase.Engine.POSTGRESQL.in(home);
        assertThatThrownBy(() -> Backups.check(database.url(), home)).hasMessageEndingWith("is no database of abgate");
        try (EventStore store = database.open()) {
            store.write(transaction -> label(transaction, 1));
            assertThat(Backups.check(database.url(), home).labels()).isEqualTo(1);
            assertThatThrownBy(() -> Backups.restore(null, database.url(), home))
                    .isInstanceOf(LeaseHeldException.class);
        }

        assertThat(Backups.restore(null, database.url(), home).broken()).isEmpty();

        try (EventStore store = database.open()) {
            assertThat(store.write(transaction -> label(transaction, 2)).seq()).isGreaterThan(JUMP);
        }
    }
}
