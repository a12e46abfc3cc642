package io.abgate.gateway.cli;

import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows which predictions wait for a label that is asked for. */
@Command(
        name = "audit",
        description = "Show the predictions, drawn by lot, whose label is asked for and has not come; newest first.")
final class AuditCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(names = "--limit", description = "Show at most so many, 1 to 1000.", defaultValue = "100")
    private int limit;

    AuditCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(
                gateway.admin().get(Resource.model(model, "audit").with("limit", String.valueOf(limit))),
                LabellingText::audit);
        return 0;
    }
}
