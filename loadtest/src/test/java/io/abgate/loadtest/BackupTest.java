package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is made while everybody works has all that was acknowledged before, and is a place to go on from. */
class BackupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Random random = new Random(5);
    private final Application before = new Application();
    private final Application meanwhile = new Application();

    @Test
    void bringsBackWhatWasAcknowledgedBeforeItAndTakesTheRestAgain() throws IOException {
        Path home = folder.resolve("home");
        Path backup = folder.resolve("backup");
        long epoch;
        try (Serving serving = start(home)) {
            report(serving, before, 50);
            Crew crew = new Crew(serving.client(), random);
            crew.worksWhile(serving.client(), () -> abgate("backup", backup, home));
            letTheFirstVersionAnswer(serving); // of which the backup knows
            report(serving, meanwhile, 50);
            epoch = epoch(serving);
            serving.process().kill();
        }
        loseTheDatabase(home);
        abgate("restore", backup, home);
        try (Serving serving = start(home)) {
            assertThat(epoch(serving)).isGreaterThan(epoch);
            before.check(serving.client(), new Ledger(Sides.NAME));
            meanwhile.sendAgain(serving.client());
            report(serving, before, 10);
            Ledger.assertIntact(serving.client());
        }
    }

    private static Serving start(Path home) {
        return Serving.start(home, Sides.and(List.of())).awaitSettled();
    }

    private void report(Serving serving, Application application, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(application.report(serving.client(), random).statusCode())
                    .isEqualTo(200);
        }
    }

    private static void letTheFirstVersionAnswer(Serving serving) throws IOException {
        GatewayClient client = serving.client();
        GatewayClient.send(client.admin("/models/sides/abort").POST(GatewayClient.body(GatewayClient.object())));
        GatewayClient.send(client.admin("/models/sides/promote")
                .POST(GatewayClient.body(
                        GatewayClient.object().put("version", 1).put("force", true))));
        JsonNode shares = serving.awaitSettled(Sides.NAME).at("/routing/shares");
        assertThat(shares.path("1").asDouble()).isEqualTo(1);
    }

    private static void abgate(String command, Path backup, Path home) {
        try (ChildProcess process =
                ChildProcess.start(command, backup.toString(), "--home", home.toString(), "--store", "sqlite:")) {
            int code = process.awaitExit(PATIENCE);
            assertThat(code).as(process.out() + process.err()).isZero();
        }
    }

    /** Keys, routes and artifacts stay where they are, as they do when a disk loses one file. */
    private static void loseTheDatabase(Path home) throws IOException {
        for (String ending : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(home.resolve("abgate.db" + ending));
        }
    }

    private static long epoch(Serving serving) {
        return serving.client().model(Sides.NAME).at("/routing/epoch").asLong();
    }
}
