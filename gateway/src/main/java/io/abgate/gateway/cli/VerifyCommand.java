package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Resource;
import io.abgate.registry.store.Backups;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks that nothing in the ledger was changed, lost or added. */
@Command(
        name = "verify",
        description = {
            "Check that nothing in the ledger was changed, lost or added; exit code 1 if so.",
            "Asks the gateway, or with --store or --home looks at the database itself, beside a registry or without one."
        })
final class VerifyCommand implements Callable<Integer> {
    /** Longer than the gateway waits for the registry. */
    private static final Duration PATIENCE = Duration.ofMinutes(11);

    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    VerifyCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        Answer answer = store.areGiven() ? here(store.place()) : there();
        output.print(answer, LedgerText::sentence);
        return LedgerText.isIntact(answer.json()) ? 0 : 1;
    }

    private static Answer here(StoreOptions.Place place) {
        return LedgerText.answer(Backups.check(place.url(), place.home()));
    }

    private Answer there() {
        return gateway.admin().within(PATIENCE).post(Resource.admin("verify"), Json.object());
    }
}
