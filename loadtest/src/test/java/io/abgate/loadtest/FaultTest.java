package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the database cannot be written predictions go on, writes are refused, and afterwards they are taken again. */
class FaultTest {
    @TempDir
    private Path home;

    @Test
    void refusesWritesWhileTheDiskIsFull() throws IOException {
        assumeTrue(SmallDisk.mounts(home), "needs the right to mount a file system");
        try (SmallDisk disk = SmallDisk.at(home);
                Endurance endurance = Endurance.of(home, Database.sqlite(home))) {
            endurance.refusesWritesDuring(disk::fill);
        }
    }

    @Test
    void refusesWritesWhileTheDatabaseMustNotBeChanged() throws IOException {
        try (Endurance endurance = Endurance.of(home, Database.sqlite(home))) {
            endurance.refusesWritesDuring(this::forbidWrites);
        }
    }

    private Fault forbidWrites() {
        boolean forbidden = marked("+i");
        if (!forbidden) {
            marked("-i"); // perhaps one of the two files was marked
        }
        assumeTrue(forbidden, "needs a file system that takes the right to write from open files");
        return () -> assertThat(marked("-i")).isTrue();
    }

    private boolean marked(String mark) {
        String database = home.resolve("abgate.db").toString();
        return SystemCommand.succeeds("chattr", mark, database, database + "-wal");
    }

    @Test
    void refusesWritesWhileTheServersDatabaseIsReadOnly() throws IOException {
        Database database = Database.postgresql("readonly");
        try (Endurance endurance = Endurance.of(home, database)) {
            endurance.refusesWritesDuring(database::readOnly);
        }
    }

    @Test
    void refusesWritesWhileAnotherHasLockedTheDatabase() throws IOException {
        Database database = Database.sqlite(home);
        try (Endurance endurance = Endurance.of(home, database)) {
            endurance.refusesWritesDuring(() -> database.lock("BEGIN EXCLUSIVE"));
        }
    }

    @Test
    void worksOnWhenTheClockIsPutForwardOrBack(@TempDir Path folder) throws IOException {
        Optional<SetClock> clock = SetClock.in(folder);
        assumeTrue(clock.isPresent(), "needs a C compiler");
        SetClock set = clock.orElseThrow();
        try (Endurance endurance = Endurance.of(home, Database.sqlite(home), Launch.quickWith(set.environment()))) {
            endurance.worksDuring(() -> put(set, 1, endurance));
            await().atMost(Serving.PATIENCE).until(() -> endurance.hoursAhead() == 0);
            endurance.worksDuring(() -> put(set, -1, endurance));
        }
    }

    private static Fault put(SetClock clock, int hours, Endurance endurance) {
        Fault wrong = clock.wrongBy(hours);
        await().atMost(Serving.PATIENCE).until(() -> endurance.hoursAhead() == hours);
        return wrong;
    }

    @Test
    void servesNoVersionWhoseStoredArtifactWasAltered() throws IOException {
        Database database = Database.sqlite(home);
        try (Endurance endurance = Endurance.of(home, database)) {
            GatewayClient client = endurance.client();
            JsonNode first = client.get("/models/sides/versions/1/artifact");
            int version = client.register(Sides.NAME, Shipped.nudged(first, 0.5));
            String sha = client.get("/models/sides/versions/" + version)
                    .path("sha256")
                    .asText();
            endurance.worksDuring(() -> {
                Fault altered = database.alteredArtifact(sha);
                client.post(
                        "/models/sides/promote",
                        GatewayClient.object().put("version", version).put("force", true));
                await().atMost(Serving.PATIENCE)
                        .until(() -> endurance.serving().process().err().contains("artifact " + sha + " is damaged"));
                return altered;
            });
            await().atMost(Serving.PATIENCE).until(() -> endurance.answeredBy(version));
        }
    }
}
