package io.abgate.gateway.cli;

import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a prediction id says. */
@Command(name = "explain", description = "Show what a prediction id says, and what was said of it since.")
final class ExplainCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "PREDICTION_ID", description = "As the prediction gave it.")
    private String predictionId = "";

    ExplainCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(gateway.admin().get(Resource.admin("predictions", predictionId)), Lines::of);
        return 0;
    }
}
