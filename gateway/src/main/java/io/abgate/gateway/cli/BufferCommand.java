package io.abgate.gateway.cli;

import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a model's retrainings learn from. */
@Command(name = "buffer", description = "Show what the rolling buffer of a model holds, and what of it is usable.")
final class BufferCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    BufferCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(gateway.admin().get(Resource.model(model, "buffer")), BufferText::report);
        return 0;
    }
}
