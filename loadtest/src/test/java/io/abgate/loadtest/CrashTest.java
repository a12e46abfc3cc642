package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was acknowledged before a SIGKILL is there after it, once; the rest is there whole or not at all. */
@Tag("crash")
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("abgate.crash.rounds", 6);
    /** Afterwards a new home is begun, as the report of thousands of versions would take the time. */
    private static final int ROUNDS_A_HOME = 25;

    private static final long SEED = Long.getLong("abgate.crash.seed", 20_261);

    @TempDir
    private Path homes;

    @Test
    void onSqlite() throws IOException {
        killAgainAndAgain("SQLite", ROUNDS, (home, number) -> Database.sqlite(home));
    }

    @Test
    void onPostgresql() throws IOException {
        // the next one leads only when the lease of the killed one has run out
        killAgainAndAgain(
                "PostgreSQL", Math.max(2, ROUNDS * 2 / 5), (home, number) -> Database.postgresql("crash" + number));
    }

    @Test
    void wouldNotMissLabelsThatWereLost() {
        Path home = homes.resolve("robbed");
        Database database = Database.sqlite(home);
        Crashes crashes = new Crashes(home, database, new Random(SEED), () -> database.execute("DELETE FROM label"));
        assertThatThrownBy(() -> crashes.run(3))
                .isInstanceOf(AssertionError.class)
                .satisfies(found -> assertThat(found.getStackTrace())
                        .anyMatch(place -> place.getClassName().equals(Crew.class.getName())
                                && place.getMethodName().equals("check")));
    }

    private void killAgainAndAgain(String store, int rounds, BiFunction<Path, Integer, Database> databases)
            throws IOException {
        long start = System.nanoTime();
        Random random = new Random(SEED);
        Crew.Acknowledged found = new Crew.Acknowledged(0, 0, 0);
        for (int done = 0; done < rounds; done += ROUNDS_A_HOME) {
            Path home = homes.resolve(store + done);
            Crashes crashes = new Crashes(home, databases.apply(home, done), random, () -> {});
            found = found.plus(crashes.run(Math.min(ROUNDS_A_HOME, rounds - done)));
        }
        System.out.printf(
                Locale.ROOT,
                "crash %s: %d kills, acknowledged %d labels, %d versions, %d orders; lost 0, doubled 0; %d s%n",
                store,
                rounds,
                found.labels(),
                found.versions(),
                found.orders(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
        assertThat(found.labels()).isPositive();
    }
}
