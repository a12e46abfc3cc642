package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.registry.domain.Check;
import io.abgate.registry.keys.TokenKeys;
import io.abgate.registry.store.Backups;
import io.abgate.registry.store.LedgerCheck;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copies what is true into a folder, beside a running registry or without one. */
@Command(
        name = "backup",
        description = "Copy database and keys into a folder, also while serve runs; exit code 1 if the copy is broken.")
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Parameters(index = "0", paramLabel = "DIR", description = "A folder that is new or empty.")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        StoreOptions.Place place = store.place();
        if (place.isPostgresql()) {
            throw output.wrongCall(Check.message(
                    "--store", "a PostgreSQL database", "sqlite:; use pg_dump, and copy token.keys of home too"));
        }
        TokenKeys.load(place.home());
        BackupFolder backup = new BackupFolder(folder);
        backup.make();
        LedgerCheck found = Backups.backup(place.url(), place.home(), backup.database());
        BackupFolder.copyKeys(place.home(), folder); // after the database: no key that it needs is younger
        Answer answer = LedgerText.answer(found);
        output.print(
                answer,
                copied -> folder + " holds abgate.db and token.keys; keep both secret\n" + LedgerText.sentence(copied));
        return LedgerText.isIntact(answer.json()) ? 0 : 1;
    }
}
