package io.abgate.gateway.cli;

import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was live at a time. */
@Command(name = "history", description = "Show what was live at a time, and why.")
final class HistoryCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(names = "--at", paramLabel = "TIME", description = "Then instead of now, for example 2026-11-21T10:00:00Z.")
    private @Nullable String at;

    HistoryCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(gateway.admin().get(Resource.model(model, "history").with("at", at)), PastText::history);
        return 0;
    }
}
