package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.CommandFailedException;
import io.abgate.registry.domain.Check;
import io.abgate.registry.keys.TokenKeys;
import io.abgate.registry.store.Backups;
import io.abgate.registry.store.LedgerCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a backup in place of a database that is lost. */
@Command(name = "restore", description = "Put a backup into a home without a database, while no registry runs.")
final class RestoreCommand implements Callable<Integer> {
    private static final int LARGEST_KEY_ID = 255;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", description = "What backup made.")
    private @Nullable Path folder;

    @Option(names = "--in-place", description = "The database itself was brought back already, by pg_restore.")
    private boolean inPlace;

    @Override
    public Integer call() {
        if ((folder == null) != inPlace) {
            throw output.wrongCall("Either DIR or --in-place");
        }
        StoreOptions.Place place = store.place();
        if (inPlace && !place.isPostgresql()) {
            throw output.wrongCall(Check.message("--in-place", "a SQLite database", "postgresql:; give DIR instead"));
        }
        LedgerCheck found = folder == null
                ? Backups.restore(null, place.url(), place.home())
                : restore(new BackupFolder(folder), place);
        Answer answer = LedgerText.answer(found);
        output.print(answer, restored -> "restored, " + LedgerText.sentence(restored) + "\n" + advice(place.home()));
        return LedgerText.isIntact(answer.json()) ? 0 : 1;
    }

    private LedgerCheck restore(BackupFolder backup, StoreOptions.Place place) {
        if (place.isPostgresql()) {
            throw output.wrongCall(Check.message(
                    "--store", "a PostgreSQL database", "sqlite:; use pg_restore, then restore --in-place"));
        }
        if (!Files.isRegularFile(backup.database())) {
            throw new CommandFailedException(backup.database() + ": no such file (expected: one that backup made)");
        }
        boolean isNew = putKeys(backup.path(), place.home());
        try {
            return Backups.restore(backup.database(), place.url(), place.home());
        } catch (RuntimeException e) {
            if (isNew) {
                BackupFolder.removeKeys(place.home());
            }
            throw e;
        }
    }

    /** Keys come first: a registry that finds a database and no keys makes new ones, which know no older id. */
    private static boolean putKeys(Path backup, Path home) {
        TokenKeys wanted = TokenKeys.load(backup);
        if (!Files.exists(home.resolve(TokenKeys.FILE))) {
            BackupFolder.copyKeys(backup, home);
            return true;
        }
        TokenKeys there = TokenKeys.load(home);
        boolean isThere = IntStream.rangeClosed(0, LARGEST_KEY_ID)
                .allMatch(id -> wanted.find(id) == null || Arrays.equals(wanted.find(id), there.find(id)));
        if (!isThere) {
            throw new CommandFailedException(Check.message(
                    home.resolve(TokenKeys.FILE).toString(),
                    "other keys than those of the backup",
                    "the same, or none: move the file away"));
        }
        return false;
    }

    private static String advice(Path home) {
        return "  what was acknowledged after the backup is gone: labels may be sent again, changes have to be made again\n"
                + "  routes.json and overrides.json in " + home + " stay; the restored registry is newer than both\n"
                + "  serve starts it";
    }
}
