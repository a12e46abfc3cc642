package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many labels are made durable, in turns with what the disk alone can do, as both share the machine's moods. */
@Tag("throughput")
class ThroughputTest {
    private static final int TURNS = 7;
    private static final int CLIENTS = 16;
    private static final int REQUESTS = 640;
    private static final int BATCH = 100;
    private static final int ALONE = 300;
    private static final double ENOUGH = 10_000;

    @TempDir
    private Path home;

    private record Turn(Reporters.Run batches, Reporters.Run alone, double disk) {}

    @Test
    void onSqlite() throws IOException {
        measure("SQLite", Database.sqlite(home));
    }

    @Test
    void onPostgresql() throws IOException {
        measure("PostgreSQL", Database.postgresql("throughput"));
    }

    private void measure(String store, Database database) throws IOException {
        try (Serving serving = Serving.start(Launch.PLAIN, home, Sides.and(database.settings()))
                .awaitSettled()) {
            Reporters reporters = new Reporters(serving.client(), home);
            for (int i = 0; i < 3; i++) { // until what is hot has been compiled
                reporters.run(CLIENTS, REQUESTS, BATCH);
            }
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < TURNS; i++) {
                turns.add(new Turn(
                        reporters.run(CLIENTS, REQUESTS, BATCH),
                        reporters.run(1, ALONE, 1),
                        Disk.blocksPerSecond(home, Duration.ofSeconds(1))));
            }
            print(store, turns);
            assertThat(median(turns, turn -> turn.batches.labelsPerSecond())).isGreaterThan(ENOUGH);
            Ledger.assertIntact(serving.client());
        }
    }

    private static void print(String store, List<Turn> turns) {
        System.out.printf(
                Locale.ROOT,
                "%s, medians of %d turns%n"
                        + "  %d clients, %d labels a request  %8.0f labels/s  p50 %6.1f ms  p99 %6.1f ms%n"
                        + "  1 client, 1 label a request      %8.0f labels/s  p50 %6.1f ms  p99 %6.1f ms%n"
                        + "  the disk alone, 4 kB at a time   %8.0f fsync/s%n",
                store,
                turns.size(),
                CLIENTS,
                BATCH,
                median(turns, turn -> turn.batches.labelsPerSecond()),
                median(turns, turn -> turn.batches.millis(0.5)),
                median(turns, turn -> turn.batches.millis(0.99)),
                median(turns, turn -> turn.alone.labelsPerSecond()),
                median(turns, turn -> turn.alone.millis(0.5)),
                median(turns, turn -> turn.alone.millis(0.99)),
                median(turns, Turn::disk));
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return turns.stream().mapToDouble(figure).sorted().toArray()[turns.size() / 2];
    }
}
