package io.abgate.gateway.cli;

import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a canary or shadow. */
@Command(name = "abort", description = "End canary or shadow; the champion stays.")
final class AbortCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    AbortCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(once.on(gateway.admin()).post(Resource.model(model, "abort"), Json.object()), ModelText::sentence);
        return 0;
    }
}
